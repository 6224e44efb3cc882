import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { keepQuietButtonsQuiet } from './lib/block-disabled-buttons'
import './styles/base.css'

keepQuietButtonsQuiet(document)
createApp(App).use(createPinia()).mount('#app')
