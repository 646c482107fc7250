import '@fontsource/inter/latin-400.css';
import '@fontsource/inter/latin-500.css';
import '@fontsource/inter/latin-600.css';
import '@fontsource/inter/latin-700.css';
import './theme/tokens.css';
import './theme/base.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { provideTransport, type Transport } from './transport';

/** Starts the viewer on a transport. */
export function mountViewer(transport: Transport): void {
  provideTransport(transport);
  createApp(App).use(createPinia()).mount('#app');
}
