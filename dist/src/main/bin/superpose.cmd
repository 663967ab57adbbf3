@powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0superpose.ps1" %*
@exit /b %ERRORLEVEL%
