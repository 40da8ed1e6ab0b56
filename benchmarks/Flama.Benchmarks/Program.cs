using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using Flama.Benchmarks;

if (args is ["compare", ..])
{
    PythonComparison.Run(args.Length > 1 ? args[1] : "python3", args.Length > 2 ? args[2..] : []);
    return;
}

if (args is ["repeat", var model, var rows, ..])
{
    ProfiledLoop.Run(model, int.Parse(rows, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(10));
    return;
}

if (args is ["network", var file, var width, var layers])
{
    Network.WriteDense(file, int.Parse(width, CultureInfo.InvariantCulture), int.Parse(layers, CultureInfo.InvariantCulture));
    Console.WriteLine(Network.Body(int.Parse(width, CultureInfo.InvariantCulture)));
    return;
}

if (args is ["overhead", ..])
{
    NetworkOverhead.Print(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200);
    return;
}

if (args is ["lowering", ..])
{
    LoweringTable.Print(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5);
    return;
}

if (args is ["trees", ..])
{
    TreeTable.Print(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200, args.Length > 2 ? args[2] : "");
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10)));
