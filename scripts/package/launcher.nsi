; The launcher of the Windows edition. It runs `node.exe out\main\cli.js app` without a console.
; A backup (.bantin) is restored only after the user has agreed.
Unicode true
; The program is for 64-bit Windows only. Wine without 32-bit libraries runs this target too (scripts/test-windows.mjs).
Target amd64-unicode
Name "Bản Tin"
OutFile "${OUTFILE}"
Icon "${ICON}"
RequestExecutionLevel user
SilentInstall silent
XPStyle on
SetCompressor lzma
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Bản Tin"
VIAddVersionKey "FileDescription" "Bản Tin"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "MIT"

!include "FileFunc.nsh"

Section
  ${GetParameters} $0
  ; A path that ends in .bantin, with or without the closing quotation mark of the Explorer.
  StrCpy $1 $0 1 -1
  StrCpy $2 $0 7 -7
  StrCmp $1 '"' 0 +2
    StrCpy $2 $0 7 -8
  StrCmp $2 ".bantin" 0 run
    MessageBox MB_YESNO|MB_ICONQUESTION "Khôi phục bản sao lưu này vào kho?$\r$\n$\r$\n$0$\r$\n$\r$\nCác bản tin đang có trong kho vẫn được giữ nguyên." IDYES +2
    Quit
    StrCpy $0 "--restore $0"
run:
  ; The console of node.exe stays hidden. The launcher ends when the program ends.
  nsExec::Exec '"$EXEDIR\node.exe" "$EXEDIR\out\main\cli.js" app $0'
  Pop $1
  StrCmp $1 "error" 0 +2
    MessageBox MB_OK|MB_ICONSTOP "Không chạy được Bản Tin: thiếu tệp node.exe, hoặc Windows quá cũ (cần Windows 10 trở lên)."
SectionEnd
