//! What comments and strings look like: one row for each family of languages.
//!
//! Tokens stand between spaces. `^` in front of one: only at the beginning of a line; `_`: only after white space; `+` in
//! front of a block: it nests. In front of a string's quotes `*`: it may span lines; `!`: a backslash is no escape in it;
//! `…` stands between quotes that differ. `~x` is code that looks like an opening: it and the byte after it are skipped.
//! Words: `char` is a character between single quotes, which may also stand alone (lifetimes, primes); `regex` one between
//! slashes; `raw-r` and `raw-R` the raw strings of Rust and C++; `heredoc` a here-document, `heredoc-tight` one without
//! white space after its operator.

/// One family.
#[derive(Debug)]
pub(super) struct Language {
    /// Extensions and whole file names.
    names: &'static str,
    /// What begins a comment that ends with its line.
    pub(super) line: &'static str,
    /// What a longer comment begins and ends with, in pairs.
    pub(super) block: &'static str,
    /// What strings stand in.
    pub(super) strings: &'static str,
}

/// The family of the file `path`, if its comments are known.
pub(super) fn of(path: &str) -> Option<&'static Language> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let has = |wanted: &str| {
        let named = |language: &&Language| language.names.split(' ').any(|known| known == wanted);
        (!wanted.is_empty()).then(|| LANGUAGES.iter().find(named)).flatten()
    };
    has(name).or_else(|| has(extension)).or_else(|| has(&extension.to_ascii_lowercase()))
}

#[cfg(test)]
impl Language {
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.split(' ')
    }
}

const fn language(
    names: &'static str,
    line: &'static str,
    block: &'static str,
    strings: &'static str,
) -> Language {
    Language { names, line, block, strings }
}

#[rustfmt::skip]
pub(super) static LANGUAGES: &[Language] = &[
    language("c h cc cpp cxx c++ hpp hh hxx inl ino cu cuh m mm glsl vert frag comp hlsl metal sol", "//", "/* */", "raw-R \" char"),
    language("rs", "//", "+/* */", "raw-r *\" char"),
    language("java gradle groovy Jenkinsfile vala hx as", "//", "/* */", "*\"\"\" *''' \" '"),
    language("kt kts scala sc swift", "//", "+/* */", "*!\"\"\" \" char"),
    language("dart", "//", "+/* */", "*\"\"\" *''' \" '"),
    language("cs", "//", "/* */", "*!\"\"\" *!@\"…\" *!$@\"…\" *!@$\"…\" \" '"),
    language("go", "//", "/* */", "*!` \" '"),
    language("js mjs cjs jsx ts mts cts tsx", "//", "/* */", "~>// *` \" ' regex"),
    language("vue svelte astro", "//", "/* */ <!-- -->", "*` \" ' regex"),
    language("jsonc json5 proto v sv svh", "//", "/* */", "\" '"),
    language("zig", "//", "", "!\\\\…\n \" '"),
    language("d", "//", "/* */ +/+ +/", "*!` *\" char"),
    language("thrift", "// #", "/* */", "\" '"),
    language("css", "", "/* */", "\" '"),
    language("scss sass less styl", "//", "/* */", "\" '"),
    language("php phtml", "// #", "/* */", "~#[ *!?>…<? *\" *' heredoc-tight"),
    language("py pyi pyx pxd bzl bazel star BUILD WORKSPACE SConstruct SConscript gd", "#", "", "*\"\"\" *''' \" '"),
    language("sh bash zsh ksh bats fish envrc", "_#", "", "~\\ *$'…' *!' *\" heredoc"),
    language("Dockerfile Containerfile dockerfile", "^#", "", ""),
    language("rb rake gemspec Gemfile Rakefile Vagrantfile Podfile cr", "#", "^=begin =end", "\" ' heredoc-tight"),
    language("pl pm", "_#", "", "\" ' heredoc-tight"),
    language("yaml yml", "_#", "", "\" !'"),
    language("toml", "#", "", "*\"\"\" *!''' \" !'"),
    language("ini cfg conf properties env editorconfig", "^# ^;", "", ""),
    language("mk Makefile makefile GNUmakefile", "_#", "", "~\\"),
    language("cmake CMakeLists.txt", "#", "#[[ ]]", "*\""),
    language("tf tfvars hcl nomad", "# //", "/* */", "\" heredoc-tight"),
    language("nix", "#", "/* */", "*!'' *\""),
    language("sql", "--", "/* */", "*!' *!\""),
    language("lua", "--", "--[[ ]]", "*![[…]] \" '"),
    language("hs lhs elm purs dhall", "--", "+{- -}", "\" char"),
    language("ml mli", "", "+(* *)", "~(*) *\" char"),
    language("fs fsi fsx", "//", "+(* *)", "~(*) *!\"\"\" *\" char"),
    language("clj cljs cljc edn lisp el scm rkt ss", ";", "+#| |#", "~\\ *\""),
    language("erl hrl", "%", "", "~$ *\" '"),
    language("tex sty cls bib", "%", "", "~\\"),
    language("ex exs coffee", "#", "", "*\"\"\" *''' *\" '"),
    language("r R", "#", "", "*\" *'"),
    language("awk tcl", "#", "", "*\""),
    language("jl", "#", "+#= =#", "*\"\"\" *\" char"),
    language("nim", "#", "+#[ ]#", "*!\"\"\" \" char"),
    language("ps1 psm1 psd1", "#", "<# #>", "~` *!@\"…\"@ *!@'…'@ *!\" *!'"),
    language("vb vbs bas", "'", "", "!\""),
    language("bat cmd", "^rem ^REM ^Rem ^::", "", ""),
    language("ada adb ads vhd vhdl", "--", "", "!\" char"),
    language("f f90 f95 f03 f08 for", "!", "", "!\" !'"),
    language("pas pp dpr", "//", "{ } (* *)", "!'"),
    language("xml html htm xhtml svg xsd xsl xslt xaml csproj vbproj fsproj props targets md markdown mdx", "", "<!-- -->", "*!<![CDATA[…]]> *!``` !`"),
];
