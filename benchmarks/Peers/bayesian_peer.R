# Samples three posteriors with Stan: the peer of 'bayesian'. Arguments: folder with the data, repetitions.
# Prints "model repetition cpu-seconds" a line and writes the draws as <model>-<repetition>.csv, chains one after the other.
suppressPackageStartupMessages(library(rstan))
# Debian keeps Boost outside of the R package.
if (system.file("include", package = "BH") == "") rstan_options(boost_lib = "/usr/include")
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
repetitions <- as.integer(arguments[2])

schools <- "
data { int N; vector[N] y; vector[N] s; }
parameters { real mu; real log_tau; vector[N] eta; }
model {
  mu ~ normal(0, 5);
  target += cauchy_lpdf(exp(log_tau) | 0, 5) + log_tau;
  eta ~ normal(0, 1);
  y ~ normal(mu + exp(log_tau) * eta, s);
}"
regression <- "
data { int N; int D; matrix[N, D] x; vector[N] y; }
parameters { vector[D] beta; real log_sigma; }
model {
  beta ~ normal(0, 10);
  target += normal_lpdf(exp(log_sigma) | 0, 10) + log_sigma;
  y ~ normal(x * beta, exp(log_sigma));
}"
network <- "
data { int N; int D; int H; matrix[N, D] x; int y[N]; }
parameters { matrix[D, H] w; row_vector[H] b; matrix[H, 2] v; row_vector[2] c; }
model {
  to_vector(w) ~ normal(0, 1);
  b ~ normal(0, 1);
  to_vector(v) ~ normal(0, 1);
  c ~ normal(0, 1);
  {
    matrix[N, 2] z = tanh(x * w + rep_matrix(b, N)) * v + rep_matrix(c, N);
    y ~ bernoulli_logit(col(z, 2) - col(z, 1));
  }
}"
read <- function(name) as.matrix(read.csv(file.path(folder, name), header = FALSE))
eight <- read("schools.csv")
line <- read("regression.csv")
cells <- read("network.csv")
models <- list(
  schools = list(schools, list(N = nrow(eight), y = eight[, 1], s = eight[, 2])),
  regression = list(regression, list(N = nrow(line), D = ncol(line) - 1, x = line[, -1], y = line[, 1])),
  network = list(network, list(N = nrow(cells), D = ncol(cells) - 1, H = 4, x = cells[, -1], y = as.integer(cells[, 1]))))
for (name in names(models)) {
  compiled <- stan_model(model_code = models[[name]][[1]])
  for (r in 1:repetitions) {
    gc()
    start <- proc.time()
    fit <- sampling(compiled, data = models[[name]][[2]], chains = 4, iter = 2000, warmup = 1000, cores = 1, refresh = 0, seed = r)
    time <- proc.time() - start
    draws <- extract(fit, permuted = FALSE)
    all <- do.call(rbind, lapply(1:4, function(k) draws[, k, ]))
    write.table(all[, colnames(all) != "lp__"], file.path(folder, sprintf("%s-%d.csv", name, r)), sep = ",", row.names = FALSE, col.names = FALSE)
    cat(name, r, time[["user.self"]] + time[["sys.self"]], "\n")
  }
}
