using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Programs;

/// <summary>A method lowered for inputs of certain types, numbers of dimensions and values, ready to run. Lives until its last user releases it. Thread-safe.</summary>
internal sealed class LoweredGraph
{
    private readonly Model model;
    private readonly ModelMethod method;
    private readonly GuardSet guards;
    private readonly InputPattern[] patterns;
    private readonly int[] fed;
    private readonly string[] fedNames;
    private readonly string[] messages;
    private int users = 1;
    private long lastUse = Environment.TickCount64;

    private LoweredGraph(ProgramMethod program, Model model, GuardSet guards, InputPattern[] patterns, int[] fed, string[] fedNames, OutputLayout layout, string[] messages)
    {
        Program = program;
        this.model = model;
        method = model.Methods.OfType<TensorMethod>().Last();
        this.guards = guards;
        this.patterns = patterns;
        this.fed = fed;
        this.fedNames = fedNames;
        Layout = layout;
        this.messages = messages;
    }

    /// <summary>The method that was lowered.</summary>
    public ProgramMethod Program { get; }

    public OutputLayout Layout { get; }

    /// <summary>Whether all inputs and outputs are tensors whose first dimension is open, and that of the outputs is an input's: as that of examples is.</summary>
    public bool IsByExample { get; private init; }

    /// <summary>How many bytes its constants take.</summary>
    public long Bytes { get; private init; }

    /// <summary>When it was last used, in milliseconds of the machine.</summary>
    public long LastUse => Volatile.Read(ref lastUse);

    /// <summary>The types of the inputs that it was lowered for; null for one that is left out or a value.</summary>
    public ElementType?[] Types => [.. patterns.Select(static pattern => pattern.IsMissing || pattern.Value is not null ? (ElementType?)null : TorchTypes.ToElementType(pattern.Type))];

    /// <summary>What it answers, without the checks.</summary>
    public IReadOnlyList<OutputSpec> Outputs => [.. method.Outputs.Take(Layout.Names.Count)];

    /// <summary>The shape of an output; lengths that hold for this graph only are left open.</summary>
    public IReadOnlyList<Dimension>? ShapeOf(int output) => guards.IsEmpty ? Outputs[output].Shape : Outputs[output].Shape?.Select(static _ => Dimension.Any).ToArray();

    /// <summary>Lowers a method.</summary>
    /// <param name="program">The method.</param>
    /// <param name="inputs">An array per input, null for one that is left out.</param>
    /// <param name="load">Makes a model of the graph.</param>
    /// <param name="cancellationToken">Ends the work between steps.</param>
    public static LoweredGraph Of(ProgramMethod program, IReadOnlyList<InputPattern> inputs, Func<Onnx.Graphs.OnnxProgram, Model> load, CancellationToken cancellationToken)
    {
        GraphWriter graph = new();
        var (layout, places, names, isByExample) = Write(graph, program, inputs, cancellationToken);
        var written = graph.ToProgram();
        return new(program, load(written), graph.Guards, [.. inputs], [.. places], [.. names], layout, [.. graph.Checks.Select(check => check.Value)]) { Bytes = graph.Bytes, IsByExample = isByExample };
    }

    /// <summary>Writes the graph of a method.</summary>
    /// <returns>Its outputs; the places and the names of the inputs that it is fed; whether it goes by examples.</returns>
    public static (OutputLayout Layout, List<int> Places, List<string> Names, bool IsByExample) Write(GraphWriter graph, ProgramMethod program, IReadOnlyList<InputPattern> inputs, CancellationToken cancellationToken)
    {
        List<int> places = [];
        List<string> names = [];
        var next = 0;
        object?[] arguments = [.. program.Inputs.Select(input => Argument(graph, input, inputs, ref next, places, names))];
        List<object> values = [];
        try
        {
            var layout = OutputLayout.Of(program.Lower(graph, arguments, cancellationToken), values);
            if (values.Count == 0)
            {
                throw TorchErrors.Unsupported("it answers nothing");
            }

            values.ForEach(graph.Answer);
            foreach (var check in graph.Checks)
            {
                graph.Output(graph.Whole.Graph.NewName("check"), graph.Of(check.Key, TorchType.Bool, []));
            }

            return (layout, places, names, inputs.Count > 0 && inputs.All(GoesByExample) && graph.Checks.Count == 0 && values.TrueForAll(GoesByExample));
        }
        catch (InsufficientExecutionStackException exception)
        {
            throw TorchErrors.Limit("its code or its values nest too deep", exception);
        }
    }

    /// <summary>Whether the graph answers for inputs.</summary>
    public bool Fits(ModelArray?[] inputs)
    {
        for (var i = 0; i < patterns.Length; i++)
        {
            if (!patterns[i].Fits(inputs[i]))
            {
                return false;
            }
        }

        return guards.Hold((input, dimension) => inputs[fed[input]]!.Shape[dimension]);
    }

    /// <summary>Computes.</summary>
    public ModelOutput Run(ModelArray?[] inputs, in InvokeOptions options)
    {
        TensorInputs given = TensorInputs.OfArrays([.. fed.Select((index, i) => KeyValuePair.Create(fedNames[i], inputs[index]!))]);
        var output = method.Invoke(given, options);
        var arrays = new ModelArray[Layout.Names.Count];
        for (var i = 0; i < arrays.Length; i++)
        {
            arrays[i] = output[i];
        }

        for (var i = 0; i < messages.Length; i++)
        {
            if (((ModelTensor)output[arrays.Length + i]).Bytes[0] == 0)
            {
                output.Dispose();
                throw TorchErrors.Refused(messages[i]);
            }
        }

        for (var i = 0; i < messages.Length; i++)
        {
            output[arrays.Length + i].Dispose();
        }

        return Layout.Form switch
        {
            OutputForm.Single => ModelOutput.Of(arrays[0]),
            OutputForm.List => ModelOutput.List(arrays),
            _ => ModelOutput.Named(Layout.Names, arrays),
        };
    }

    /// <summary>Holds the graph for a call.</summary>
    /// <returns>False where it is gone.</returns>
    public bool TryUse()
    {
        var count = Volatile.Read(ref users);
        while (count > 0)
        {
            var seen = Interlocked.CompareExchange(ref users, count + 1, count);
            if (seen == count)
            {
                Volatile.Write(ref lastUse, Environment.TickCount64);
                return true;
            }

            count = seen;
        }

        return false;
    }

    /// <summary>Gives the graph back; the last one frees it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            model.Dispose();
        }
    }

    private static bool GoesByExample(InputPattern input) => input is { IsMissing: false, Value: null, Shape.Count: > 0 } && input.Fixed?[0] is null;

    private static bool GoesByExample(object value) => value is Tensor { Rank: > 0 } tensor && tensor.Shape[0] is Sym { Operation: "length", Arguments: [_, 0L] };

    private static object? Argument(GraphWriter graph, ProgramInput input, IReadOnlyList<InputPattern> inputs, ref int next, List<int> places, List<string> names)
    {
        switch (input.Kind)
        {
            case InputKind.Other:
                return null;
            case InputKind.Tuple or InputKind.Dict:
                List<object?> parts = [];
                foreach (var part in input.Parts)
                {
                    parts.Add(Argument(graph, part, inputs, ref next, places, names));
                }

                if (input.IsOptional && parts.TrueForAll(static part => part is null))
                {
                    return null;
                }

                if (input.Kind == InputKind.Tuple)
                {
                    return new PythonTuple(parts);
                }

                PythonDict dict = new(graph.Scope);
                for (var i = 0; i < parts.Count; i++)
                {
                    dict.Items[input.Keys[i]] = parts[i];
                }

                return dict;
            case InputKind.TensorList:
                throw TorchErrors.Unsupported($"its input '{SafeText.OneLine(input.Name, 60)}' is a list of tensors");
        }

        var index = next++;
        var pattern = inputs[index];
        if (pattern.IsMissing)
        {
            return input.IsOptional ? null : throw TorchErrors.Input($"The input '{SafeText.OneLine(input.Name, 60)}' is missing.");
        }

        if (input.IsStatic)
        {
            return pattern.Value is IReadOnlyList<string?> texts ? new PythonList([.. texts], graph.Scope) : pattern.Value;
        }

        places.Add(index);
        names.Add(input.Name);
        return graph.Input(input.Name, pattern.Type, pattern.Shape, pattern.Fixed);
    }
}
