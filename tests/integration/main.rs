mod corpus_coverage;
