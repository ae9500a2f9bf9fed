/** Words that no Python package can be called. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  `
  False None True and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda nonlocal not or pass raise return try while with yield
`
    .trim()
    .split(/\s+/),
);

/** Top-level modules of the standard library of Python 3.12 to 3.14. */
export const STDLIB_MODULES: ReadonlySet<string> = new Set(
  `
  abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit base64 bdb binascii bisect
  builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall
  compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses
  datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp
  fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib
  heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3
  linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt
  multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib pdb
  pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile
  pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets
  select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile
  sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog
  tabnanny tarfile telnetlib tempfile termios test textwrap this threading time timeit tkinter token tokenize tomllib
  trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings
  wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
`
    .trim()
    .split(/\s+/),
);

/** Top-level modules that the packages of a service bring. */
export const DEPENDENCY_MODULES: ReadonlySet<string> = new Set(
  `
  aiomcache aiomysql alembic amqp annotated_doc annotated_types anyio asgiref asyncmy billiard blinker celery certifi
  cffi click click_didyoumean click_plugins click_repl coverage cryptography dateutil django django_stubs
  django_stubs_ext dotenv exceptiongroup fastapi flask greenlet gunicorn h11 httpcore httptools httpx httpx2 idna
  iniconfig itsdangerous jinja2 kombu librt mako markupsafe multipart mypy mypy_extensions mypyc mysqldb packaging
  pathspec pip pkg_resources pluggy prompt_toolkit psycopg psycopg_binary psycopg_c psycopg_pool pycparser pydantic
  pydantic_core pygments pymemcache pymysql pytest pytest_asyncio pytest_cov pytest_django python_multipart
  pythonjsonlogger redis ruff setuptools six sniffio sqlalchemy sqlparse starlette typing_extensions
  typing_inspection tzdata tzlocal uvicorn uvicorn_worker uvloop valkey vine watchfiles wcwidth websockets werkzeug
  wheel whitenoise yaml
`
    .trim()
    .split(/\s+/),
);
