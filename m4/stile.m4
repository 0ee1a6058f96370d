# What configure needs beside autoconf's own macros.

# STILE_TRY_FLAGS(VARIABLE, FLAGS)
# Adds to VARIABLE each flag that the compiler takes without a word.
AC_DEFUN([STILE_TRY_FLAGS], [
  stile_saved_cflags=$CFLAGS
  for stile_flag in m4_normalize([$2]); do
    AC_MSG_CHECKING([whether $CC takes $stile_flag])
    CFLAGS="$stile_saved_cflags -Werror $stile_flag"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])],
      [$1="$[]$1 $stile_flag"
       AC_MSG_RESULT([yes])],
      [AC_MSG_RESULT([no])])
  done
  CFLAGS=$stile_saved_cflags
])

# STILE_LIBRARY(VARIABLE, MODULE, PACKAGE)
# Finds a library by pkg-config, or says which Debian package has it.
AC_DEFUN([STILE_LIBRARY], [
  PKG_CHECK_MODULES([$1], [$2], [], [
    AC_MSG_ERROR([$2 is missing.
  On Debian and Ubuntu: apt-get install $3])])
])

# STILE_LATE(VARIABLE, NAME)
# Finds the file that a program linked with lib NAME (by VARIABLE_LIBS) asks for
# when it starts: VARIABLE_FILE, empty if there is none.
AC_DEFUN([STILE_LATE], [
  AC_MSG_CHECKING([which file lib$2 is opened by])
  stile_saved_libs=$LIBS
  stile_saved_ldflags=$LDFLAGS
  LIBS=$[]$1_LIBS
  LDFLAGS="$LDFLAGS -Wl,--no-as-needed"
  AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
    [$1_FILE=`$READELF -d conftest$EXEEXT 2>/dev/null |
       $SED -n 's/.*(NEEDED).*\(lib$2@<:@.@:>@so@<:@.0-9@:>@*\).*/\1/p'`],
    [$1_FILE=])
  LIBS=$stile_saved_libs
  LDFLAGS=$stile_saved_ldflags
  AC_MSG_RESULT([${$1_FILE:-none}])
])

# STILE_TOOL(VARIABLE, PROGRAM, PACKAGE, FILE)
# Finds a program; it may be missing where FILE, made by it, is at hand.
AC_DEFUN([STILE_TOOL], [
  AC_CHECK_PROG([$1], [$2], [$2], [no])
  AS_IF([test "x$[]$1" = xno && test ! -f "$srcdir/$4"], [
    AC_MSG_ERROR([$2 is missing.
  On Debian and Ubuntu: apt-get install $3])])
])

# STILE_ARCHIVES(NAMES)
# The archives of these libraries that a program can be linked with, in
# stile_archives; empty if one is missing.
AC_DEFUN([STILE_ARCHIVES], [
  AC_MSG_CHECKING([for archives of the libraries that every start needs])
  stile_archives=
  for stile_name in $1; do
    stile_file=`$CC -print-file-name=lib$stile_name.a`
    AS_IF([test -f "$stile_file"],
      [stile_archives="$stile_archives $stile_file"],
      [stile_archives=; break])
  done
  stile_saved_libs=$LIBS
  LIBS="$stile_archives"
  AS_IF([test -n "$stile_archives"], [
    AC_LINK_IFELSE([AC_LANG_SOURCE([[
char u8_normalize (), nettle_sha256_init (), json_object (),
  yaml_parser_initialize ();
int main (void)
{
  return u8_normalize () + nettle_sha256_init () + json_object () +
         yaml_parser_initialize ();
}
]])], [], [stile_archives=])])
  LIBS=$stile_saved_libs
  AS_IF([test -n "$stile_archives"], [AC_MSG_RESULT([yes])],
    [AC_MSG_RESULT([no])])
])
