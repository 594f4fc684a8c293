//! `#[derive(Deserialize)]` for structs with named fields, with serde's attributes and serde's trait, and a tenth of the code
//! that serde's own derive makes. There it is a loop for every struct, with a match over the names, a variable for every
//! field and a way out of each; here it is a table and one assignment for every field, and the loop over them exists once
//! (`crate::wire::record` in trunkline-core, which is the only place where this can be used). Untagged enums are read from
//! the text of a value, form after form, where serde would keep a copy of it in a type that can hold anything.

mod attributes;
mod untagged;

use attributes::{Container, Field, Initial};
use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, GenericParam, Generics, Result, Type, parse_macro_input};

/// Implements `serde::de::Deserialize`. For other enums, tuples and what holds a bare type parameter there is serde's own.
#[proc_macro_derive(Deserialize, attributes(serde))]
pub fn deserialize(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let container = Container::read(&input.attrs)?;
    let fields = match &input.data {
        Data::Enum(data) if container.untagged => return untagged::expand(&input.ident, data),
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => &fields.named,
            _ => {
                return Err(Error::new_spanned(
                    &input.ident,
                    "not a struct with named fields: derive serde::Deserialize",
                ));
            }
        },
        _ => return Err(Error::new_spanned(&input.ident, "not a struct: derive serde::Deserialize")),
    };
    let fields: Vec<Field> = fields.iter().map(|field| Field::read(field, &container)).collect::<Result<_>>()?;
    if fields.len() > 64 {
        return Err(Error::new_spanned(&input.ident, "more than 64 fields: derive serde::Deserialize"));
    }
    let name = &input.ident;
    let (_, types, _) = input.generics.split_for_impl();
    let plain = parameters(&input.generics, false);
    let read = parameters(&input.generics, true);
    let text = text_lifetime(&input.generics);
    let shape = shape(&fields, &container);
    let blank = blank(&fields, &container);
    let arms = fields.iter().filter(|field| !field.skipped).zip(0_u8..).map(|(field, index)| {
        let put = put(field, &input.generics);
        quote!(#index => #put,)
    });
    Ok(quote! {
        #[automatically_derived]
        impl<#plain> crate::wire::record::Blank for #name #types {
            fn blank() -> Self {
                #blank
            }
        }

        #[automatically_derived]
        impl<#text, #read> crate::wire::record::Record<'de> for #name #types {
            const SHAPE: &'static crate::wire::record::Shape = &#shape;

            fn set<A: ::serde::de::MapAccess<'de>>(&mut self, field: u8, map: &mut A) -> ::std::result::Result<(), A::Error> {
                match field {
                    #(#arms)*
                    _ => ::std::result::Result::Ok(()),
                }
            }
        }

        #[automatically_derived]
        impl<#text, #read> ::serde::de::Deserialize<'de> for #name #types {
            fn deserialize<D: ::serde::de::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                crate::wire::record::read(deserializer)
            }
        }
    })
}

/// Names, which field each is of, and which fields have to be there.
fn shape(fields: &[Field], container: &Container) -> TokenStream {
    let (mut names, mut indices, mut required) = (Vec::new(), Vec::new(), 0_u64);
    for (field, index) in fields.iter().filter(|field| !field.skipped).zip(0_u8..) {
        for name in &field.names {
            names.push(name);
            indices.push(index);
        }
        required |= u64::from(field.required) << index;
    }
    let strict = container.strict;
    quote!(crate::wire::record::Shape {
        names: &[#(#names),*], fields: &[#(#indices),*], required: #required, strict: #strict,
    })
}

/// What is there before anything is read.
fn blank(fields: &[Field], container: &Container) -> TokenStream {
    if container.default {
        return quote!(::std::default::Default::default());
    }
    let values = fields.iter().map(|field| {
        let name = &field.name;
        match &field.initial {
            Initial::Blank => quote!(#name: crate::wire::record::Blank::blank()),
            Initial::Default => quote!(#name: ::std::default::Default::default()),
            Initial::From(path) => quote!(#name: #path()),
        }
    });
    quote!(Self { #(#values),* })
}

/// Reads one field.
fn put(field: &Field, generics: &Generics) -> TokenStream {
    let (name, kind) = (&field.name, &field.kind);
    let Some(function) = &field.with else {
        return quote!(crate::wire::record::put(&mut self.#name, map));
    };
    let own = used(generics, kind);
    let (plain, read, text) = (parameters(&own, false), parameters(&own, true), text_lifetime(&own));
    let (_, types, _) = own.split_for_impl();
    quote!({
        struct With<#plain>(#kind);
        impl<#text, #read> ::serde::de::Deserialize<'de> for With #types {
            fn deserialize<D: ::serde::de::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                #function(deserializer).map(With)
            }
        }
        let With(value) = map.next_value()?;
        self.#name = value;
        ::std::result::Result::Ok(())
    })
}

/// The lifetime of the text that is read: everything that borrows borrows from it.
fn text_lifetime(generics: &Generics) -> TokenStream {
    let borrowed: Vec<_> = generics.lifetimes().map(|lifetime| &lifetime.lifetime).collect();
    if borrowed.is_empty() { quote!('de) } else { quote!('de: #(#borrowed)+*) }
}

/// The parameters of an impl; where it reads, with the bounds that reading takes.
fn parameters(generics: &Generics, reads: bool) -> TokenStream {
    let parameters = generics.params.iter().map(|parameter| match parameter {
        GenericParam::Lifetime(lifetime) => {
            let lifetime = &lifetime.lifetime;
            quote!(#lifetime)
        }
        GenericParam::Type(kind) => {
            let (name, bounds) = (&kind.ident, &kind.bounds);
            if reads { quote!(#name: ::serde::de::Deserialize<'de> + #bounds) } else { quote!(#name: #bounds) }
        }
        GenericParam::Const(other) => quote!(#other),
    });
    quote!(#(#parameters),*)
}

/// Those parameters that a type mentions.
fn used(generics: &Generics, kind: &Type) -> Generics {
    let mut words = Vec::new();
    collect(quote!(#kind), &mut words);
    let is_used = |parameter: &&GenericParam| match parameter {
        GenericParam::Lifetime(lifetime) => words.contains(&lifetime.lifetime.ident),
        GenericParam::Type(kind) => words.contains(&kind.ident),
        GenericParam::Const(other) => words.contains(&other.ident),
    };
    Generics { params: generics.params.iter().filter(is_used).cloned().collect(), ..Generics::default() }
}

fn collect(tokens: TokenStream, words: &mut Vec<proc_macro2::Ident>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect(group.stream(), words),
            TokenTree::Ident(word) => words.push(word),
            _ => {}
        }
    }
}
