import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { keepQuietButtonsQuiet } from './quiet-buttons'
import './styles/base.css'

keepQuietButtonsQuiet(document)
createApp(App).use(createPinia()).mount('#app')
