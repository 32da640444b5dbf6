# The incidence table in R, in three lines; run it in the project's folder after `make graph`:
#   Rscript docs/analysis/incidence.R
# What each column holds stands in csv-metadata.json beside the table.
folder <- file.path("build", readLines("build/current"), "tables")
incidence <- read.csv(file.path(folder, "incidence.csv"), na.strings = "", colClasses = c(counts = "logical"))
members <- unique(subset(incidence, counts, c(member_label, alliance_label)))

cat(nrow(incidence), "rows,", nrow(members), "memberships,", length(unique(members$alliance_label)), "alliances\n")
shared <- sort(table(members$member_label), decreasing = TRUE)
print(head(shared[shared > 1], 5))
