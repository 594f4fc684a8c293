//! serde's attributes, as far as trunkline-core uses them; any other is refused, and not passed over.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Error, Ident, LitStr, Path, Result, Token, Type};

/// What is said of the struct.
#[derive(Default)]
pub(crate) struct Container {
    /// `deny_unknown_fields`
    pub(crate) strict: bool,
    /// `default`: of the whole struct.
    pub(crate) default: bool,
    /// `untagged`: of an enum.
    pub(crate) untagged: bool,
    rename_all: Option<String>,
}

/// What a field has before it is read.
pub(crate) enum Initial {
    Blank,
    Default,
    From(Path),
}

/// What is said of a field.
pub(crate) struct Field {
    pub(crate) name: Ident,
    pub(crate) kind: Type,
    /// The name it has in JSON, and its aliases.
    pub(crate) names: Vec<String>,
    pub(crate) initial: Initial,
    pub(crate) required: bool,
    pub(crate) skipped: bool,
    /// The function that reads it.
    pub(crate) with: Option<TokenStream>,
}

impl Container {
    pub(crate) fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut container = Self::default();
        each(attributes, |meta| {
            match &*word(&meta) {
                "deny_unknown_fields" => container.strict = true,
                "default" => container.default = true,
                "untagged" => container.untagged = true,
                "rename_all" => container.rename_all = Some(text(&meta)?),
                "bound" => _ = text(&meta)?,
                _ => return Err(meta.error("not an attribute that this derive knows")),
            }
            Ok(())
        })?;
        Ok(container)
    }
}

impl Field {
    pub(crate) fn read(field: &syn::Field, container: &Container) -> Result<Self> {
        let name = field.ident.clone().ok_or_else(|| Error::new_spanned(field, "it has no name"))?;
        let mut this = Self {
            kind: field.ty.clone(),
            names: vec![renamed(&name.unraw().to_string(), container.rename_all.as_deref())],
            initial: Initial::Blank,
            required: true,
            skipped: false,
            with: None,
            name,
        };
        each(&field.attrs, |meta| this.take(&meta))?;
        // As serde has it: what may be absent may be left out, unless a function reads it.
        let may_be_absent = this.with.is_none() && is_option(&field.ty);
        this.required = !(may_be_absent || container.default || !matches!(this.initial, Initial::Blank));
        Ok(this)
    }

    fn take(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        match &*word(meta) {
            "rename" => self.names[0] = text(meta)?,
            "alias" => self.names.push(text(meta)?),
            "default" if meta.input.peek(Token![=]) => self.initial = Initial::From(path(meta)?),
            "default" => self.initial = Initial::Default,
            "deserialize_with" => {
                let function = path(meta)?;
                self.with = Some(quote!(#function));
            }
            "with" => {
                let module = path(meta)?;
                self.with = Some(quote!(#module::deserialize));
            }
            "skip" => (self.skipped, self.initial) = (true, Initial::Default),
            "borrow" => {}
            // Of writing.
            "skip_serializing_if" | "serialize_with" => _ = text(meta)?,
            _ => return Err(meta.error("not an attribute that this derive knows")),
        }
        Ok(())
    }
}

fn each(attributes: &[Attribute], mut read: impl FnMut(ParseNestedMeta<'_>) -> Result<()>) -> Result<()> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
        .try_for_each(|attribute| attribute.parse_nested_meta(&mut read))
}

fn word(meta: &ParseNestedMeta<'_>) -> String {
    meta.path.get_ident().map(Ident::to_string).unwrap_or_default()
}

fn text(meta: &ParseNestedMeta<'_>) -> Result<String> {
    Ok(meta.value()?.parse::<LitStr>()?.value())
}

fn path(meta: &ParseNestedMeta<'_>) -> Result<Path> {
    meta.value()?.parse::<LitStr>()?.parse()
}

fn is_option(kind: &Type) -> bool {
    matches!(kind, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}

/// `snake_case` as `rename_all` has it.
fn renamed(name: &str, style: Option<&str>) -> String {
    match style {
        Some("camelCase") => {
            let mut words = name.split('_');
            let first = words.next().unwrap_or_default().to_owned();
            words.fold(first, |name, word| name + &word[..1].to_ascii_uppercase() + &word[1..])
        }
        Some("kebab-case") => name.replace('_', "-"),
        _ => name.to_owned(),
    }
}
