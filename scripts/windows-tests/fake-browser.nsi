; Stands for Chrome in the tests of the launcher under Wine, which has no browser. It writes its arguments to C:\window.txt
; and stays until C:\close.txt exists, as a browser stays until its last window is closed.
Unicode true
Target amd64-unicode
OutFile "${OUTFILE}"
RequestExecutionLevel user
SilentInstall silent
!include "FileFunc.nsh"
Section
  ${GetParameters} $0
  FileOpen $1 "C:\window.txt" a
  FileSeek $1 0 END
  FileWrite $1 "$0$\r$\n"
  FileClose $1
again:
  Sleep 200
  IfFileExists "C:\close.txt" 0 again
SectionEnd
