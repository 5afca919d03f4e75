"""The examples that `kg COMMAND --help` ends with."""

MAIN = """\
examples:
  kg build articles/ -o out              a folder of articles → page, GraphML and facts in out/
  kg extract article.txt                 the facts of a text, one JSON object a line
  kg query out positions 张崇和          what a person holds, with the sentence that says so
  kg status out                          what is in it, and which documents are stale
  kg export out -o graph.gexf            the graph in another format
  kg COMMAND --help                      more on a command, with examples
"""
BUILD = """\
examples:
  kg build articles/ -o out
  kg build a.txt b.html more/ -o out --workers 4 --lang en
  kg build articles/ -o out --lexicon my.tsv --patterns my.toml
  kg build new.txt -o out                  adds an article; to a store of more than 2,000 documents in seconds
  kg build new.txt -o out --export never   changes the store only; `kg export out` writes the outputs

Writes graph.html (open it in a browser), graph.graphml (open it in Gephi) and facts.jsonl, from all documents that
out/kg.sqlite holds. If less than 1 % of more than 2,000 documents has changed since, these files stay as they are
unless --export always is given; `kg query` and the like answer from the store in any case. Only new and changed files
are read; a build that was interrupted goes on where it was. A file that cannot be read is skipped and named at the
end; exit status 2 if none could be read.
"""
REMOVE = """\
examples:
  kg remove articles/a.txt -o out
  kg remove articles/a.txt articles/b.txt -o out --export never

What only these documents say vanishes from the graph. Their files are left alone, and are read again when a build is
given them again.
"""
STATUS = """\
examples:
  kg status out
  kg status out --all
  kg status out --lexicon my.tsv             for a store that was built with it

A document is stale if its file is gone or has changed, or if it was read by another version of kg, or with other terms.
Stale documents stay in the graph: `kg build` reads them again, `kg remove` takes them out.
"""
EXTRACT = """\
examples:
  kg extract article.txt > facts.jsonl
  kg extract articles/ --min-confidence 0.9 --format table
  cat article.txt | kg extract -

Standard output holds nothing but the facts.
"""
DIFF = """\
examples:
  kg diff out-2022 out-2023
  kg query out diff 2022-01-01 2022-12-31        between two dates of one graph
"""
LEDGER = """\
examples:
  kg ledger out --organization 江源省总工会
  kg ledger out --organization 江源省总工会 --metric 服务站点 --format md

A plan without a result and a result without a plan are shown; figures of a part of the year are no results.
"""
EXPORT = """\
examples:
  kg export out                                    graph.html, graph.graphml and facts.jsonl as they are now
  kg export out -o graph.gexf
  kg export out/graph.graphml -o tables.csv        writes tables.nodes.csv and tables.edges.csv
  kg export out -o page.html --lang en
"""
EXPLAIN = """\
examples:
  kg explain out 江源省总工会
  kg explain out Person:王倩

Prints where it is named, which names were joined by which rule, and the sentence behind each edge.
"""
REVIEW = """\
example:
  kg review out

Shows the doubtful pairs one by one and writes what you decide to out/corrections.toml, which `kg build` follows.
"""
EVALUATE = """\
examples:
  kg extract data/articles > facts.jsonl
  kg evaluate data/gold/articles-open.jsonl facts.jsonl --errors
  kg evaluate gold.jsonl facts.jsonl --min holds=0.95 issues=0.95 targets=0.90
  kg evaluate gold.jsonl facts.jsonl --compare facts-before.jsonl
  kg evaluate --identity data/gold/series-identity.jsonl out --min identity=0.97

Exit status 1 if an F1 is below its floor.
"""
