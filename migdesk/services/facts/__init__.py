"""Facts: what the rules of the law may ask about a person, an application or a permit, gathered from the store."""
