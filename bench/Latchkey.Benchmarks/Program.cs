using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// Measured in this process: a project generated for each job would not know this repository's versions and lock files. Short
// by default; --job medium or --job long on the command line adds the longer one.
var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
string[] all = args.Length == 0 ? ["--filter", "*"] : args;
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(all, DefaultConfig.Instance.AddJob(job).WithArtifactsPath("artifacts/benchmarks"));
