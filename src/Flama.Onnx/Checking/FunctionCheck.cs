using Flama.Onnx.Graphs;

namespace Flama.Onnx.Checking;

/// <summary>Counts what a graph becomes when the functions of its file are put in their callers' places.</summary>
internal static class FunctionCheck
{
    // A call in a call; exporters of PyTorch give about 20.
    private const int MaxCalls = 100;

    /// <summary>Checks that functions do not call themselves and that the whole is not over the limit.</summary>
    public static void Check(OnnxProgram program, string name, OnnxLimits limits)
    {
        if (program.Functions.Count == 0)
        {
            return;
        }

        Dictionary<(string, string, string), int> places = [];
        for (var i = 0; i < program.Functions.Count; i++)
        {
            var function = program.Functions[i];
            if (!places.TryAdd((function.Domain, function.Name, function.Overload), i))
            {
                throw GraphCheck.Invalid(name, $"the function {NameOf(function)} is defined twice");
            }
        }

        var calls = program.Functions.Select(function => Count(function.Nodes, places)).ToArray();
        var (sizes, depths) = Sum(program, calls, name);
        var main = Count(program.Graph!.Nodes, places);
        var total = main.Nodes + main.Calls.Sum(call => (double)call.Value * sizes[call.Key]);
        if (total > limits.MaxNodes)
        {
            throw new FlamaException(
                ErrorCodes.LimitExceeded,
                $"'{name}' becomes {total:G4} nodes when its functions are put in their callers' places; at most {limits.MaxNodes} are taken.",
                $"Raise {nameof(OnnxLimits)}.{nameof(OnnxLimits.MaxNodes)} if you trust the file.");
        }

        if (depths.Any(depth => depth > MaxCalls))
        {
            throw new FlamaException(
                ErrorCodes.LimitExceeded, $"'{name}' has functions that call each other more than {MaxCalls} deep.", "Export the model with its functions inlined.");
        }
    }

    // Those that call no other first.
    private static (double[] Sizes, int[] Depths) Sum(OnnxProgram program, (long Nodes, Dictionary<int, long> Calls)[] calls, string name)
    {
        var sizes = new double[calls.Length];
        var depths = new int[calls.Length];
        var waits = calls.Select(call => call.Calls.Count).ToArray();
        var callers = new List<int>[calls.Length];
        for (var i = 0; i < calls.Length; i++)
        {
            foreach (var called in calls[i].Calls.Keys)
            {
                (callers[called] ??= []).Add(i);
            }
        }

        Queue<int> ready = new(Enumerable.Range(0, waits.Length).Where(i => waits[i] == 0));
        var done = 0;
        while (ready.TryDequeue(out var function))
        {
            done++;
            sizes[function] = calls[function].Nodes + calls[function].Calls.Sum(call => call.Value * sizes[call.Key]);
            depths[function] = 1 + calls[function].Calls.Keys.Select(called => depths[called]).DefaultIfEmpty().Max();
            foreach (var caller in callers[function] ?? [])
            {
                if (--waits[caller] == 0)
                {
                    ready.Enqueue(caller);
                }
            }
        }

        return done == calls.Length
            ? (sizes, depths)
            : throw GraphCheck.Invalid(name, $"the function {NameOf(program.Functions[Array.FindIndex(waits, wait => wait > 0)])} calls itself");
    }

    private static (long Nodes, Dictionary<int, long> Calls) Count(IEnumerable<OnnxNode> nodes, Dictionary<(string, string, string), int> places)
    {
        var count = 0L;
        Dictionary<int, long> calls = [];
        foreach (var node in OnnxNodes.All(nodes))
        {
            count++;
            if (places.TryGetValue((node.Domain, node.OperatorType, node.Overload), out var called))
            {
                calls[called] = calls.GetValueOrDefault(called) + 1;
            }
        }

        return (count, calls);
    }

    private static string NameOf(OnnxFunction function) => SafeText.OneLine($"{function.Domain}.{function.Name}", 100);
}
