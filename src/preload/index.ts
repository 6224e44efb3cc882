import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { ipcChannels } from '../shared/contract/ipc-channels'

// The whole bridge consists of one function for calls and one function for events, on fixed channels. The main process
// checks the sender, the method and the input of each call.
contextBridge.exposeInMainWorld('bantin', {
  call: (method: unknown, input: unknown): Promise<unknown> => ipcRenderer.invoke(ipcChannels.call, method, input),
  on(listener: (event: unknown) => void): () => void {
    // The page receives only the payload of an event. The IPC event object contains the sender, so the page never
    // receives this object.
    const pass = (_event: IpcRendererEvent, numbered: unknown): void => listener(numbered)
    ipcRenderer.on(ipcChannels.event, pass)
    return () => void ipcRenderer.off(ipcChannels.event, pass)
  },
})
