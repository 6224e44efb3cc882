import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { blockDisabledButtons } from './lib/block-disabled-buttons'
import './styles/base.css'

blockDisabledButtons(document)
createApp(App).use(createPinia()).mount('#app')
