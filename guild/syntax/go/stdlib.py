"""What Go brings: its predeclared names, its packages (as in `go list std` of Go 1.26), which of them a name means."""

from collections.abc import Collection

_LISTED = """
    archive/tar archive/zip bufio bytes cmp compress/bzip2 compress/flate compress/gzip compress/lzw
    compress/zlib container/heap container/list container/ring context crypto crypto/aes crypto/cipher
    crypto/des crypto/dsa crypto/ecdh crypto/ecdsa crypto/ed25519 crypto/elliptic crypto/fips140 crypto/hkdf
    crypto/hmac crypto/hpke crypto/md5 crypto/mlkem crypto/mlkem/mlkemtest crypto/pbkdf2 crypto/rand crypto/rc4
    crypto/rsa crypto/sha1 crypto/sha256 crypto/sha3 crypto/sha512 crypto/subtle crypto/tls crypto/x509
    crypto/x509/pkix database/sql database/sql/driver debug/buildinfo debug/dwarf debug/elf debug/gosym
    debug/macho debug/pe debug/plan9obj embed encoding encoding/ascii85 encoding/asn1 encoding/base32
    encoding/base64 encoding/binary encoding/csv encoding/gob encoding/hex encoding/json encoding/pem
    encoding/xml errors expvar flag fmt go/ast go/build go/build/constraint go/constant go/doc go/doc/comment
    go/format go/importer go/parser go/printer go/scanner go/token go/types go/version hash hash/adler32
    hash/crc32 hash/crc64 hash/fnv hash/maphash html html/template image image/color image/color/palette
    image/draw image/gif image/jpeg image/png index/suffixarray io io/fs io/ioutil iter log log/slog log/syslog
    maps math math/big math/bits math/cmplx math/rand math/rand/v2 mime mime/multipart mime/quotedprintable net
    net/http net/http/cgi net/http/cookiejar net/http/fcgi net/http/httptest net/http/httptrace
    net/http/httputil net/http/pprof net/mail net/netip net/rpc net/rpc/jsonrpc net/smtp net/textproto net/url
    os os/exec os/signal os/user path path/filepath plugin reflect regexp regexp/syntax runtime runtime/cgo
    runtime/coverage runtime/debug runtime/metrics runtime/pprof runtime/race runtime/trace slices sort strconv
    strings structs sync sync/atomic syscall testing testing/cryptotest testing/fstest testing/iotest
    testing/quick testing/slogtest testing/synctest text/scanner text/tabwriter text/template
    text/template/parse time time/tzdata unicode unicode/utf16 unicode/utf8 unique unsafe weak
"""
PATHS = frozenset(_LISTED.split())

_UNIVERSE = """
any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8
uint16 uint32 uint64 uintptr true false iota nil append cap clear close complex copy delete imag len make max min new
panic print println real recover
"""
PREDECLARED = frozenset(_UNIVERSE.split())
"""The names that every Go file knows."""

_SHARED_NAMES = {
    "rand": {
        "math/rand": """
            ExpFloat64 Float32 Float64 Int Int31 Int31n Int63 Int63n Intn New NewSource NewZipf NormFloat64 Perm Rand
            Seed Shuffle Source Source64 Uint32 Uint64 Zipf
        """,
        "math/rand/v2": """
            ChaCha8 ExpFloat64 Float32 Float64 Int Int32 Int32N Int64 Int64N IntN N New NewChaCha8 NewPCG NewZipf
            NormFloat64 PCG Perm Rand Shuffle Source Uint Uint32 Uint32N Uint64 Uint64N UintN Zipf
        """,
        "crypto/rand": "Int Prime Read Reader Text",
    },
    "template": {
        "text/template": """
            ExecError FuncMap HTMLEscape HTMLEscapeString HTMLEscaper IsTrue JSEscape JSEscapeString JSEscaper Must New
            ParseFS ParseFiles ParseGlob Template URLQueryEscaper
        """,
        "html/template": """
            CSS Error ErrorCode FuncMap HTML HTMLAttr HTMLEscape HTMLEscapeString HTMLEscaper IsTrue JS JSEscape
            JSEscapeString JSEscaper JSStr Must New OK ParseFS ParseFiles ParseGlob Srcset Template URL URLQueryEscaper
        """,
    },
    "scanner": {
        "text/scanner": "EOF GoWhitespace Ident Int Position ScanIdents Scanner TokenString",
        "go/scanner": "Error ErrorHandler ErrorList Mode PrintError ScanComments Scanner",
    },
    "pprof": {
        "runtime/pprof": """
            Do ForLabels Label LabelSet Labels Lookup NewProfile Profile Profiles SetGoroutineLabels StartCPUProfile
            StopCPUProfile WithLabels WriteHeapProfile
        """,
        "net/http/pprof": "Cmdline Handler Index Profile Symbol Trace",
    },
}
"""Packages that share a name, the common one first, with what each of them exports."""


def is_standard(path: str) -> bool:
    """Tell whether an import path belongs to the standard library."""
    return path in PATHS


def package_name(path: str) -> str:
    """Return the name that a package is used by, as its path suggests it (exact for the standard library)."""
    *above, last = path.split("/")
    if last[:1] == "v" and last[1:].isdigit() and above:
        last = above[-1]
    return last.split(".v", 1)[0].removeprefix("go-").replace("-", "_")


_BY_NAME = {package_name(path): path for path in sorted(PATHS, reverse=True)}


def standard_path(name: str, members: Collection[str] = ()) -> str:
    """Return the import path that a qualifier means, told apart by the members used of it; empty for none."""
    shared = _SHARED_NAMES.get(name)
    if shared is None:
        return _BY_NAME.get(name, "")
    return max(shared, key=lambda path: len(set(shared[path].split()).intersection(members)))
