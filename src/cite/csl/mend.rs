//! What is changed in a style, in memory, because hayagriva would print it wrongly otherwise.

use hayagriva::citationberg::{
    Choose, IndependentStyle, LayoutRenderingElement, Name, Names, NamesChild,
};

/// Gives every `<names>` that has children its `<name>`.
///
/// The standard lets it be left out. hayagriva then takes the names for empty where they stand in a
/// group with a delimiter, and no author is printed.
pub(super) fn name_the_names(style: &mut IndependentStyle) {
    for one in &mut style.macros {
        mend(&mut one.children);
    }
    mend(&mut style.citation.layout.elements);
    if let Some(list) = &mut style.bibliography {
        mend(&mut list.layout.elements);
    }
}

fn mend(elements: &mut [LayoutRenderingElement]) {
    for element in elements {
        match element {
            LayoutRenderingElement::Names(names) => mend_names(names),
            LayoutRenderingElement::Group(group) => mend(&mut group.children),
            LayoutRenderingElement::Choose(Choose { if_, else_if, otherwise }) => {
                mend(&mut if_.children);
                else_if.iter_mut().for_each(|branch| mend(&mut branch.children));
                otherwise.iter_mut().for_each(|branch| mend(&mut branch.children));
            }
            LayoutRenderingElement::Text(_)
            | LayoutRenderingElement::Date(_)
            | LayoutRenderingElement::Number(_)
            | LayoutRenderingElement::Label(_) => {}
        }
    }
}

fn mend_names(names: &mut Names) {
    // Names inside a substitute that have no children take those of the names around them.
    let has_name = names.children.iter().any(|child| matches!(child, NamesChild::Name(_)));
    if !has_name && !names.children.is_empty() {
        names.children.insert(0, NamesChild::Name(Name::default()));
    }
    for child in &mut names.children {
        if let NamesChild::Substitute(substitute) = child {
            mend(&mut substitute.children);
        }
    }
}
