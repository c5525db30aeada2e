/* python.exe: all of Python is in the library; this only calls it. */
#include <stdio.h>
#include <windows.h>

int wmain(int argc, wchar_t **argv)
{
    HMODULE library = LoadLibraryW(L"python311.dll");
    if (library == NULL) {
        fwprintf(stderr, L"python311.dll: error %lu\n", GetLastError());
        return 99;
    }
    int (*run)(int, wchar_t **) = (int (*)(int, wchar_t **))GetProcAddress(library, "Py_Main");
    return run(argc, argv);
}
