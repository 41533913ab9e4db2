# Adds an SSH key to the files that decide who may log in as the user who runs this, or takes one out.
# For POSIX shells. Set before it, each in single quotes:
#
#   step    install, or remove
#   line    the key that must be accepted afterwards: a line for authorized_keys, of plain characters
#   gone    with remove: the key that goes, in the same form
#   like    with install: further keys; the new line takes over the options (from=..., command=...) of
#           the first of them that is there
#
# The last line that it prints is n8n-installed or n8n-removed. Anything else means that the work was not
# done: n8n's SSH node does not look at exit codes, so compare this word.
#
# A line that is left behind by an interrupted rotation of the same key goes with the next removal. It
# is known by the tag at its end, n8n-<key>-<time>: same key, earlier time.

n8n_fail() {
	printf 'n8n-failed: %s\n' "$*"
	exit 1
}

# The files that the server says it reads for this user; it may say so to root only.
n8n_names() {
	for server in sshd /usr/sbin/sshd /usr/local/sbin/sshd; do
		command -v "$server" >/dev/null 2>&1 || continue
		told=$("$server" -T -C "user=$n8n_user,host=localhost,addr=127.0.0.1" 2>/dev/null ||
			"$server" -T 2>/dev/null) || continue
		printf '%s\n' "$told" | sed -n 's/^authorizedkeysfile //p'
		break
	done
}

# Such names as paths without links, one a line, each once.
n8n_files() {
	set -f
	for name in $1; do
		[ "$name" != none ] || continue
		path=$(printf '%s\n' "$name" | awk -v home="$HOME" -v user="$n8n_user" -v uid="$(id -u)" '{
			out = ""
			for (rest = $0; (at = index(rest, "%")) > 0; rest = substr(rest, at + 2)) {
				token = substr(rest, at + 1, 1)
				value = token == "h" ? home : token == "u" ? user : token == "U" ? uid : token
				out = out substr(rest, 1, at - 1) value
			}
			print out rest
		}')
		case $path in /*) ;; *) path=$HOME/$path ;; esac
		readlink -f "$path" 2>/dev/null || printf '%s\n' "$path"
	done | awk '!seen[$0]++'
}

# What a line of such a file holds, as sshd reads it: options, type and key; blank for a comment.
n8n_awk='
function parse(text,    first, i, c, quoted, part, n) {
	options = key = tag = ""
	sub(/\r$/, "", text)
	sub(/^[ \t]+/, "", text)
	if (text == "" || substr(text, 1, 1) == "#") return
	first = text
	sub(/[ \t].*/, "", first)
	if (first !~ /^(ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-|rsa-sha2-|webauthn-sk-)/) {
		for (i = 1; i <= length(text); i++) {
			c = substr(text, i, 1)
			if (c == "\\" && substr(text, i + 1, 1) == "\"") i++
			else if (c == "\"") quoted = !quoted
			else if (!quoted && (c == " " || c == "\t")) break
		}
		options = substr(text, 1, i - 1)
		text = substr(text, i)
		sub(/^[ \t]+/, "", text)
	}
	n = split(text, part, /[ \t]+/)
	key = part[2]
	if (part[n] ~ /^n8n-[0-9a-f]+-[0-9]+T[0-9]+Z$/) tag = part[n]
}
function lineage(text) { sub(/-[^-]*$/, "", text); return text }
function time(text) { sub(/.*-/, "", text); return text }
'

# Whether a file has a key.
n8n_has() {
	[ -r "$1" ] && awk -v wanted="$2" "$n8n_awk"'
		{ parse($0); if (key != "" && key == wanted) found = 1 }
		END { exit !found }
	' "$1"
}

# The lines of a file without the key that goes, and without what is left behind.
n8n_without() {
	awk -v gone="$n8n_gone" -v keep="$n8n_key" -v own="$n8n_tag" "$n8n_awk"'
		{
			parse($0)
			old = own != "" && tag != "" && lineage(tag) == lineage(own) && time(tag) < time(own)
			if (key == "" || key == keep || !(key == gone || old)) print
		}
	' "$1"
}

# The options of a key in any of the files; blank for none.
n8n_options() {
	printf '%s\n' "$n8n_all" | while IFS= read -r file; do
		[ -r "$file" ] || continue
		awk -v wanted="$1" "$n8n_awk"'
			{ parse($0); if (key == wanted) { print "=" options; exit } }
		' "$file"
	done | sed -n '1s/^=//p'
}

# Whether any of some files, one a line, has a key.
n8n_somewhere() {
	printf '%s\n' "$1" | while IFS= read -r file; do
		! n8n_has "$file" "$2" || echo yes
	done | grep -q yes
}

n8n_append() {
	target=''
	for file in $n8n_read; do
		[ -z "$target" ] || break
		[ ! -f "$file" ] || target=$file
	done
	[ -n "$target" ] || target=$(printf '%s\n' "$n8n_read" | sed -n 1p)
	mkdir -p "${target%/*}" || n8n_fail "the folder of $target cannot be made"
	[ ! -e "$target" ] || [ -w "$target" ] || n8n_fail "$target cannot be written"
	if [ -s "$target" ] && [ "$(tail -c 1 "$target" | wc -l)" -eq 0 ]; then
		text=$(printf '\n%s' "$1")
	else
		text=$1
	fi
	printf '%s\n' "$text" >>"$target" || n8n_fail "$target cannot be written"
}

# Puts a new file in the place of an old one at once, with its mode and owner.
n8n_replace() {
	new=${1%/*}/.n8n-rotation.$n8n_user
	rm -f "$new"
	# BusyBox's awk ends well where a full disk has not taken what it wrote.
	cp -p "$1" "$new" && n8n_without "$1" >"$new" &&
		[ "$(n8n_without "$1" | cksum)" = "$(cksum <"$new")" ] || {
		rm -f "$new"
		n8n_fail "$1 cannot be replaced: its folder cannot be written, or the disk is full"
	}
	chcon --reference="$1" "$new" 2>/dev/null || :
	owner_of() { ls -ldn "$1" | awk '{ print $1, $3, $4 }'; }
	if [ "$(owner_of "$1")" != "$(owner_of "$new")" ]; then
		rm -f "$new"
		n8n_fail "the mode and the owner of $1 cannot be kept"
	fi
	sync "$new" 2>/dev/null || :
	mv -f "$new" "$1" || n8n_fail "$1 cannot be replaced"
}

# A key that only a file has which the server does not read opens nothing.
n8n_install() {
	if ! n8n_somewhere "$n8n_read" "$n8n_key"; then
		options=''
		for known in $like; do
			! n8n_somewhere "$n8n_all" "$known" || {
				options=$(n8n_options "$known")
				break
			}
		done
		n8n_append "${options:+$options }$line"
	fi
	n8n_somewhere "$n8n_read" "$n8n_key" || n8n_fail 'the key was added, and is not there'
	echo n8n-installed
}

n8n_remove() {
	n8n_somewhere "$n8n_read" "$n8n_key" ||
		n8n_fail 'the key that stays is in no file that the server reads, so nothing was removed'
	[ "$n8n_gone" != "$n8n_key" ] || n8n_fail 'the key that goes is the one that stays'
	changed=$(printf '%s\n' "$n8n_all" | while IFS= read -r file; do
		[ ! -r "$file" ] ||
			[ "$(n8n_without "$file" | wc -l)" -eq "$(awk 1 "$file" | wc -l)" ] ||
			printf '%s\n' "$file"
	done)
	for file in $changed; do
		[ -w "$file" ] || n8n_fail "$file cannot be written, so nothing was removed"
	done
	for file in $changed; do n8n_replace "$file"; done
	! n8n_somewhere "$n8n_all" "$n8n_gone" || n8n_fail 'the key that goes is still there'
	echo n8n-removed
}

n8n_main() {
	LC_ALL=C
	export LC_ALL
	umask 077
	for text in "$line" "$gone" "$like"; do
		case $text in *[!A-Za-z0-9@._+/=\ -]*) n8n_fail 'a key has characters that no key has' ;; esac
	done
	n8n_user=$(id -un)
	n8n_key=$(printf '%s\n' "$line" | awk '{ print $2 }')
	n8n_tag=$(printf '%s\n' "$line" | awk '$NF ~ /^n8n-[0-9a-f]+-[0-9]+T[0-9]+Z$/ { print $NF }')
	n8n_gone=$(printf '%s\n' "$gone" | awk '{ print $2 }')
	[ -n "$n8n_key" ] || n8n_fail 'no key was given'
	command -v flock >/dev/null 2>&1 || n8n_fail 'flock is not installed on this host'
	mkdir -p "$HOME/.ssh" || n8n_fail "$HOME/.ssh cannot be made"
	exec 9>>"$HOME/.ssh/.n8n-rotation.lock" || n8n_fail 'the lock cannot be made'
	waited=0
	# Some shells, of the family of ksh, give a command only the descriptors that it names.
	until flock -n 9 9>&9; do
		[ "$waited" -lt 60 ] || n8n_fail 'another rotation holds the lock'
		waited=$((waited + 1))
		sleep 1
	done
	names=$(n8n_names)
	usual='.ssh/authorized_keys .ssh/authorized_keys2'
	n8n_read=$(n8n_files "${names:-$usual}")
	n8n_all=$(n8n_files "$names $usual")
	# File names are separated by line breaks only.
	IFS='
'
	set -f
	case $step in
	install)
		like=$(printf '%s\n' "$like" | tr ' ' '\n')
		n8n_install
		;;
	remove)
		[ -n "$n8n_gone" ] || n8n_fail 'no key was given that goes'
		n8n_remove
		;;
	*) n8n_fail 'step must be install or remove' ;;
	esac
}

n8n_main </dev/null
