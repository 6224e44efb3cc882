; The installer of the Windows edition, for one user, without administrator rights, in Vietnamese.
Unicode true
; The program is for 64-bit Windows only. Wine without 32-bit libraries runs this target too (scripts/test-windows.mjs).
Target amd64-unicode
Name "Bản Tin"
OutFile "${OUTFILE}"
InstallDir "$LOCALAPPDATA\Programs\Ban Tin"
InstallDirRegKey HKCU "Software\Ban Tin" "Folder"
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64
BrandingText "Bản Tin ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Bản Tin"
VIAddVersionKey "FileDescription" "Bản Tin Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT"

!include "MUI2.nsh"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\Ban Tin.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Ban Tin"

; An open program locks node.exe. The user closes it and tries again.
!macro WaitUntilClosed prefix
Function ${prefix}WaitUntilClosed
again:
  IfFileExists "$INSTDIR\node.exe" 0 done
  ClearErrors
  FileOpen $0 "$INSTDIR\node.exe" a
  IfErrors 0 free
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Bản Tin đang mở. Hãy đóng cửa sổ Bản Tin rồi thử lại." /SD IDCANCEL IDRETRY again
    SetErrorLevel 2
    Quit
free:
  FileClose $0
done:
FunctionEnd
!macroend
!insertmacro WaitUntilClosed ""
!insertmacro WaitUntilClosed "un."

; Removes only the files of the program. The folder may be one that the user has chosen.
!macro RemoveProgram
  RMDir /r "$INSTDIR\out"
  RMDir /r "$INSTDIR\resources"
  Delete "$INSTDIR\node.exe"
  Delete "$INSTDIR\Ban Tin.exe"
  Delete "$INSTDIR\bantin.cmd"
  Delete "$INSTDIR\package.json"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\LICENSE.node"
  Delete "$INSTDIR\CHANGELOG.md"
!macroend

Section
  Call WaitUntilClosed
  ; An upgrade must not leave old files of out\ behind.
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${PROGRAM}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Bản Tin.lnk" "$INSTDIR\Ban Tin.exe"
  WriteRegStr HKCU "Software\Ban Tin" "Folder" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\.bantin" "" "BanTin.Backup"
  WriteRegStr HKCU "Software\Classes\BanTin.Backup" "" "Bản sao lưu của Bản Tin"
  WriteRegStr HKCU "Software\Classes\BanTin.Backup\DefaultIcon" "" "$INSTDIR\Ban Tin.exe,0"
  WriteRegStr HKCU "Software\Classes\BanTin.Backup\shell\open\command" "" '"$INSTDIR\Ban Tin.exe" "%1"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "Bản Tin"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\Ban Tin.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

; The library and the settings are in %APPDATA%\bantin. The uninstaller does not touch them.
Section "Uninstall"
  Call un.WaitUntilClosed
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Bản Tin.lnk"
  DeleteRegKey HKCU "Software\Classes\BanTin.Backup"
  DeleteRegKey HKCU "Software\Classes\.bantin"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "Software\Ban Tin"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
