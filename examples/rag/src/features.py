def length(query, passage):
    return passage.get("length", 0.0) * query.get("length", 1.0)
def overlap(query, passage):
    return passage.get("overlap", 0.0) * query.get("overlap", 1.0)
def recency(query, passage):
    return passage.get("recency", 0.0) * query.get("recency", 1.0)
def author(query, passage):
    return passage.get("author", 0.0) * query.get("author", 1.0)
def language(query, passage):
    return passage.get("language", 0.0) * query.get("language", 1.0)
def section(query, passage):
    return passage.get("section", 0.0) * query.get("section", 1.0)
def title(query, passage):
    return passage.get("title", 0.0) * query.get("title", 1.0)
def heading(query, passage):
    return passage.get("heading", 0.0) * query.get("heading", 1.0)
def code(query, passage):
    return passage.get("code", 0.0) * query.get("code", 1.0)
def table(query, passage):
    return passage.get("table", 0.0) * query.get("table", 1.0)
def link(query, passage):
    return passage.get("link", 0.0) * query.get("link", 1.0)
def depth(query, passage):
    return passage.get("depth", 0.0) * query.get("depth", 1.0)
def order(query, passage):
    return passage.get("order", 0.0) * query.get("order", 1.0)
def rarity(query, passage):
    return passage.get("rarity", 0.0) * query.get("rarity", 1.0)
def phrase(query, passage):
    return passage.get("phrase", 0.0) * query.get("phrase", 1.0)
def prefix(query, passage):
    return passage.get("prefix", 0.0) * query.get("prefix", 1.0)
def suffix(query, passage):
    return passage.get("suffix", 0.0) * query.get("suffix", 1.0)
def numeric(query, passage):
    return passage.get("numeric", 0.0) * query.get("numeric", 1.0)
def quoted(query, passage):
    return passage.get("quoted", 0.0) * query.get("quoted", 1.0)
def negated(query, passage):
    return passage.get("negated", 0.0) * query.get("negated", 1.0)
def spelling(query, passage):
    return passage.get("spelling", 0.0) * query.get("spelling", 1.0)
def synonym(query, passage):
    return passage.get("synonym", 0.0) * query.get("synonym", 1.0)
def plural(query, passage):
    return passage.get("plural", 0.0) * query.get("plural", 1.0)
def stem(query, passage):
    return passage.get("stem", 0.0) * query.get("stem", 1.0)
def position(query, passage):
    return passage.get("position", 0.0) * query.get("position", 1.0)
