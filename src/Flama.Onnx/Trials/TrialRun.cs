namespace Flama.Onnx.Trials;

/// <summary>The process that tries a graph.</summary>
internal static class TrialRun
{
    /// <summary>What is written once the graph is loaded.</summary>
    public const byte Loaded = (byte)'L';

    // What takes longer is slow, not hostile: a call can be ended.
    private static readonly TimeSpan MaxCall = TimeSpan.FromSeconds(5);

    // Elements of one input.
    private const long MaxElements = 1L << 26;

    /// <summary>Reads a graph, loads it and computes with zeros.</summary>
    /// <returns>The exit code.</returns>
    public static int Of(Stream input, Stream output)
    {
        var message = TrialMessage.Read(input, MaxCall);
        try
        {
            using var model = new OnnxEngine(message.Options).Load(message.Source, LoadOptions.Default);
            output.WriteByte(Loaded);
            output.Flush();
            Compute(model.Methods[^1], 1);
            Compute(model.Methods[^1], 2);
        }
        catch (FlamaException)
        {
            // Whoever asked will find the same, with a message for people.
        }

        return 0;
    }

    // The last method is that of the graph itself.
    private static void Compute(ModelMethod method, long length)
    {
        List<KeyValuePair<string, ModelArray>> arrays = [];
        foreach (var spec in ((TensorsSpec)method.Input).Tensors.Where(spec => !spec.IsOptional))
        {
            long[] shape = [.. (spec.Shape ?? []).Select(dimension => dimension.Length ?? length)];
            if (spec.Structure != ArrayStructure.Tensor || shape.Aggregate((Int128)1, (product, side) => Int128.Min(product, MaxElements) * side) > MaxElements)
            {
                return;
            }

            arrays.Add(new(spec.Name, ModelTensor.Rent(spec.Type, shape)));
        }

        try
        {
            using CancellationTokenSource late = new(MaxCall);
            using var inputs = TensorInputs.OfArrays(arrays);
            using var answer = method.Invoke(inputs, new InvokeOptions(late.Token));
        }
        catch (Exception exception) when (exception is FlamaException or OperationCanceledException)
        {
            // Zeros may be no input that makes sense.
        }
    }
}
