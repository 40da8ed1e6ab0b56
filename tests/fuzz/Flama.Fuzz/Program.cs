using System.Diagnostics;
using System.Globalization;
using Flama.Fuzz;
using SharpFuzz;

// fuzz TARGET: one input after another, under afl-fuzz.
// fuzz TARGET FILE...: those inputs, with what became of each.
// fuzz seeds DIRECTORY: writes files of tables to start from.
if (args is ["seeds", var directory])
{
    await TableSeeds.WriteAsync(directory, RowsTarget.Features);
    return 0;
}

if (args.Length == 0 || FuzzTargets.Find(args[0]) is not { } target)
{
    Console.Error.WriteLine($"Usage: Flama.Fuzz {string.Join('|', FuzzTargets.Names)} [FILE...]");
    return 2;
}

if (args.Length == 1)
{
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        target(buffer.ToArray());
    });
    return 0;
}

foreach (var file in args[1..])
{
    var watch = Stopwatch.StartNew();
    var before = GC.GetAllocatedBytesForCurrentThread();
    var answer = target(File.ReadAllBytes(file));
    var megabytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 1048576.0;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)} | {answer} | {watch.Elapsed.TotalSeconds:0.000} s | {megabytes:0.0} MB"));
}

return 0;
