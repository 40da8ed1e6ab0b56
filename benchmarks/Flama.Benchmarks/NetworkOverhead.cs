using System.Diagnostics;
using System.Globalization;
using Flama.Onnx;
using Flama.Onnx.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace Flama.Benchmarks;

/// <summary>A call of the engine, from tensors to tensors, beside a bare run of the same graph through ONNX Runtime's own package: in turn, in one process, on one thread.</summary>
internal static class NetworkOverhead
{
    private const int Block = 300;

    /// <summary>Prints microseconds and bytes per call, and the ratio.</summary>
    public static void Print(int rounds)
    {
        Compare("tiny MLP (16-32-32-3)", Mlp(), [1, 16], rounds);
        Compare("small CNN (1x28x28, 8 and 16 channels)", Cnn(), [1, 1, 28, 28], rounds);
    }

    private static void Compare(string name, OnnxProgram program, long[] shape, int rounds)
    {
        var file = program.ToBytes();
        using var model = new OnnxEngine().Load(new ModelSource("m.onnx", ModelFormats.Onnx, ModelPayload.FromMemory(file)), LoadOptions.Default);
        using SessionOptions options = new() { IntraOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED };
        using InferenceSession session = new(file, options);
        using RunOptions run = new();
        var numbers = Enumerable.Range(0, (int)shape.Aggregate((product, length) => product * length)).Select(i => i % 7 / 7f).ToArray();
        Action bare = () => Bare(session, run, numbers, shape), engine = () => Engine(model, numbers, shape);
        Time(bare);
        Time(engine);
        var (fastestBare, fastestEngine) = (double.MaxValue, double.MaxValue);
        List<double> ratios = [];
        for (var round = 0; round < rounds; round++)
        {
            // Which goes first makes a difference of its own.
            var first = round % 2 == 0 ? Time(bare) : Time(engine);
            var second = round % 2 == 0 ? Time(engine) : Time(bare);
            var (one, other) = round % 2 == 0 ? (first, second) : (second, first);
            (fastestBare, fastestEngine) = (Math.Min(fastestBare, one), Math.Min(fastestEngine, other));
            ratios.Add(other / one);
        }

        ratios.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: bare {fastestBare:F2} µs, engine {fastestEngine:F2} µs, ratio of minima {fastestEngine / fastestBare:F3}, median ratio {ratios[ratios.Count / 2]:F3}; bytes a call: bare {Bytes(bare)}, engine {Bytes(engine)}"));
    }

    private static void Bare(InferenceSession session, RunOptions run, float[] numbers, long[] shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(numbers, shape);
        using var outputs = session.Run(run, ["x"], [input], ["y"]);
        GC.KeepAlive(outputs[0].GetTensorDataAsSpan<float>()[0]);
    }

    private static void Engine(Model model, float[] numbers, long[] shape)
    {
        using var inputs = new TensorInputs(KeyValuePair.Create("x", ModelTensor.Of<float>(numbers, shape)));
        using var output = model.Predict(inputs);
        GC.KeepAlive(((ModelTensor)output.First).Elements<float>()[0]);
    }

    private static double Time(Action call)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Block; i++)
        {
            call();
        }

        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / Block;
    }

    private static long Bytes(Action call)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            call();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;
    }

    private static OnnxProgram Mlp()
    {
        OnnxGraphBuilder graph = new();
        var value = graph.Input("x", OnnxElementType.Float32, new(null, "N"), 16);
        value = graph.Add("Relu", [Dense(graph, value, 16, 32)]);
        value = graph.Add("Relu", [Dense(graph, value, 32, 32)]);
        graph.Output("y", graph.Add("Softmax", [Dense(graph, value, 32, 3)]), OnnxElementType.Float32, new(null, "N"), 3);
        return graph.ToProgram(17);
    }

    private static OnnxProgram Cnn()
    {
        OnnxGraphBuilder graph = new();
        var value = graph.Input("x", OnnxElementType.Float32, new(null, "N"), 1, 28, 28);
        foreach (var (from, to) in ((int, int)[])[(1, 8), (8, 16)])
        {
            value = graph.Add("Conv", [value, graph.Constant<float>(Weights(to * from * 9), to, from, 3, 3)], OnnxAttribute.Of("pads", [1L, 1, 1, 1]));
            value = graph.Add("MaxPool", [graph.Add("Relu", [value])], OnnxAttribute.Of("kernel_shape", [2L, 2]), OnnxAttribute.Of("strides", [2L, 2]));
        }

        graph.Output("y", graph.Add("Softmax", [Dense(graph, graph.Add("Flatten", [value]), 16 * 49, 10)]), OnnxElementType.Float32, new(null, "N"), 10);
        return graph.ToProgram(17);
    }

    private static string Dense(OnnxGraphBuilder graph, string value, int from, int to) =>
        graph.Add("Gemm", [value, graph.Constant<float>(Weights(from * to), from, to), graph.Constant<float>(Weights(to), to)]);

    private static float[] Weights(int count) => [.. Enumerable.Range(0, count).Select(i => ((i * 37 % 101) - 50) / 300f)];
}
