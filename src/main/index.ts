import { app, ipcMain, session } from 'electron';
import { startApp } from './start-app';
import { registerScheme } from './scheme';

registerScheme();
startApp(app, ipcMain, () => session.defaultSession);
