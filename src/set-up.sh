# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs what MASH Desk is built from and tested with, builds it, and takes its tour. Sourced by
# src/run and tests/run, which set $source to the folder of the source tree. Every step looks first
# whether it has been done, and a step that cannot be done ends the script with one sentence.

sqlcipher_floor=4.6

build_packages='
gcc libc6-dev meson ninja-build pkg-config gettext
libglib2.0-dev libgtk-4-dev libadwaita-1-dev libpoppler-glib-dev libxml2-dev libxml2-utils
libpq-dev libsodium-dev libssl-dev
desktop-file-utils libgtk-4-bin'

desk_packages='
adwaita-icon-theme fonts-cantarell librsvg2-common gsettings-desktop-schemas tzdata'

# Xvfb stands in for a display where there is none.
headless_packages='
xvfb xauth'

# A server without clients would begin anew, and turn away whoever comes in that moment.
virtual_screen='-noreset -screen 0 1600x1000x24'

test_packages='
appstream at-spi2-core binutils clang dbus gir1.2-atspi-2.0 libatspi2.0-dev
libclang-rt-dev llvm poppler-utils postgresql python3-gi uncrustify xdotool'

chroot_packages='
debian-archive-keyring git mmdebstrap'

say ()
{
  printf '%s\n' "$*"
}

stop ()
{
  printf '%s\n' "$*" >&2
  exit 1
}

# Runs a command as root, as oneself or through sudo.
as_root ()
{
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# Prints those of the packages named that are not installed.
list_missing ()
{
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
      printf '%s ' "$package"
  done
}

sqlcipher_is_installed ()
{
  installed=$(dpkg-query -W -f '${Version}\n' libsqlcipher-dev 2>/dev/null | head -n 1)
  [ -n "$installed" ] && dpkg --compare-versions "$installed" ge "$sqlcipher_floor"
}

# Prints the newest packaged SQLCipher that will do, or nothing.
find_sqlcipher ()
{
  apt-cache madison libsqlcipher-dev | while IFS='| ' read -r _ version _; do
    if dpkg --compare-versions "$version" ge "$sqlcipher_floor"; then
      say "$version"
      break
    fi
  done
}

# Prints the Signed-By field, which may be a whole key, of the entry that names the release.
print_signature ()
{
  case $1 in
  *.sources)
    awk -v codename="$2" '
      BEGIN { RS = ""; FS = "\n" }
      $0 ~ ("(^|\n)Suites:[^\n]*[ \t]" codename "([ \t\n]|$)") {
        for (i = 1; i <= NF; i++)
          {
            if ($i ~ /^[^ \t]/)
              inside = ($i ~ /^Signed-By:/)
            if (inside)
              print $i
          }
        exit
      }' "$1"
    ;;
  *)
    sed -n "/^deb .* $2 /s/.*signed-by=\([^] ]*\).*/Signed-By: \1/p" "$1" | head -n 1
    ;;
  esac
}

# Adds the backports of the release that apt already uses, from the archive that it already uses.
add_backports ()
{
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  entry=$(apt-get indextargets --format '$(REPO_URI) $(SOURCESENTRY)' 'Created-By: Packages' \
            "Codename: $codename" 'Component: main' | head -n 1)
  list=/etc/apt/sources.list.d/$codename-backports.sources

  if [ -z "$codename" ] || [ -z "$entry" ]; then
    stop "Cannot go on: apt on this computer names no archive of its own release to take SQLCipher $sqlcipher_floor from."
  fi
  if [ -e "$list" ]; then
    return
  fi

  say "SQLCipher $sqlcipher_floor or newer comes from this release's backports, which $list adds to apt."
  {
    printf 'Types: deb\nURIs: %s\nSuites: %s-backports\nComponents: main\n' \
           "${entry% *}" "$codename"
    origin=${entry##* }
    print_signature "${origin%:*}" "$codename"
  } | as_root tee "$list" >/dev/null
  update_lists
}

update_lists ()
{
  as_root apt-get update -qq || say 'Some package lists could not be fetched.'
}

install_packages ()
{
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" >/dev/null ||
    stop "Cannot go on: apt-get could not install $*."
}

# Says which packages are about to be installed, or that this cannot be done here.
announce ()
{
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    stop "Cannot go on: installing these packages needs root or sudo: $*"
  fi
  say "These packages are missing and will now be installed: $*"
}

# Sees to it that installing PostgreSQL makes no database and starts no service: whoever wants a
# server for tests or training starts one of their own.
keep_servers_down ()
{
  settings=/etc/postgresql-common/createcluster.conf
  install_packages postgresql-common
  if ! grep -qs '^create_main_cluster = false' "$settings"; then
    say "Installing PostgreSQL will start no service, as $settings now says."
    printf 'create_main_cluster = false\n' | as_root tee -a "$settings" >/dev/null
  fi
}

# Installs those of the packages named that are missing.
set_up_packages ()
{
  if ! command -v apt-get >/dev/null; then
    stop 'Cannot go on: the packages needed are Debian’s, and there is no apt-get here.'
  fi
  missing=$(list_missing "$@")
  if [ -n "$missing" ]; then
    announce "$missing"
    update_lists
    case " $missing " in
    *' postgresql '*) keep_servers_down ;;
    esac
    # The list is split into words on purpose.
    install_packages $missing
  fi
}

set_up_sqlcipher ()
{
  if sqlcipher_is_installed; then
    return
  fi
  announce "libsqlcipher-dev $sqlcipher_floor or newer"
  update_lists
  sqlcipher=$(find_sqlcipher)
  if [ -z "$sqlcipher" ]; then
    add_backports
    sqlcipher=$(find_sqlcipher)
  fi
  if [ -z "$sqlcipher" ]; then
    stop "Cannot go on: no package of SQLCipher $sqlcipher_floor or newer can be found."
  fi
  install_packages "libsqlcipher-dev=$sqlcipher"
}

# Installs SQLCipher and those of the packages named that are missing.
set_up ()
{
  set_up_packages "$@"
  set_up_sqlcipher
}

# Configures the folder named, where that has not been done.
configure_in ()
{
  folder=$1
  shift
  if [ ! -f "$folder/build.ninja" ]; then
    rm -rf "$folder"
    say "Configuring $folder."
    mkdir -p "$folder"
    meson setup --fatal-meson-warnings "$@" "$folder" "$source" >"$folder/configure.log" 2>&1 || {
      sed -n '/ERROR/p' "$folder/configure.log" >&2
      say "The whole account is in $folder/configure.log." >&2
      return 1
    }
  fi
}

# Builds in the folder named; further arguments are for the first configuring.
build_in ()
{
  configure_in "$@" || return 1
  say "Building $1."
  ninja -C "$1" --quiet
}

# Takes the tour with what was built in a folder, on a virtual display and through a training hub
# that is made for it; the pictures go to the second folder.
take_tour ()
{
  built=$1
  pictures=$2
  shift 2
  rm -rf "$built/tour-hub"
  say 'Making a training hub of invented families for the tour.'
  LC_ALL=C.UTF-8 "$built/src/admin/mash-admin" training "$built/tour-hub" || return 1
  mkdir -p "$pictures"
  env GSETTINGS_SCHEMA_DIR="$built/resources" GSETTINGS_BACKEND=memory GSK_RENDERER=cairo \
      GTK_A11Y=none LC_ALL=C.UTF-8 \
      xvfb-run -a -s "$virtual_screen" \
      "$built/src/app/mash-desk" --data "$built/tour-hub" --tour "$pictures" "$@"
}
