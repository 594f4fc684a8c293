//! Enums whose variants are forms that one value may have: the first that fits is taken.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, Error, Fields, Ident, Result, Variant};

pub(crate) fn expand(name: &Ident, data: &DataEnum) -> Result<TokenStream> {
    let forms: Vec<TokenStream> = data.variants.iter().map(form).collect::<Result<_>>()?;
    let complaint = format!("in none of the forms of {name}");
    Ok(quote! {
        #[automatically_derived]
        impl<'de> ::serde::de::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::de::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let text = crate::wire::raw::text(deserializer)?;
                #(#forms)*
                ::std::result::Result::Err(::serde::de::Error::custom(#complaint))
            }
        }
    })
}

/// Gives the variant where the text has its form.
fn form(variant: &Variant) -> Result<TokenStream> {
    let name = &variant.ident;
    match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Ok(quote! {
            if let ::std::result::Result::Ok(value) = crate::wire::json::read(&text) {
                return ::std::result::Result::Ok(Self::#name(value));
            }
        }),
        Fields::Named(fields) => {
            let names: Vec<_> = fields.named.iter().map(|field| &field.ident).collect();
            Ok(quote! {
                #[derive(crate::wire::record::Deserialize)]
                struct #name #fields

                if let ::std::result::Result::Ok(#name { #(#names),* }) = crate::wire::json::read(&text) {
                    return ::std::result::Result::Ok(Self::#name { #(#names),* });
                }
            })
        }
        _ => Err(Error::new_spanned(variant, "a form is one value, or has named fields")),
    }
}
