import { app, ipcMain, session } from 'electron';
import { startApp } from './start-app';

startApp(app, ipcMain, () => session.defaultSession);
