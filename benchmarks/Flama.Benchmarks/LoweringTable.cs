using System.Diagnostics;
using System.Globalization;
using Flama.Onnx;
using Flama.Packaging;
using Flama.Torch;

namespace Flama.Benchmarks;

/// <summary>How long it takes to lower a network of the size of ResNet-50, to load it, and to call it first and again.</summary>
internal static class LoweringTable
{
    /// <summary>Measures and prints.</summary>
    /// <param name="rounds">How often.</param>
    public static void Print(int rounds)
    {
        var file = ResidualNetwork.Write();
        using var package = ModelPackage.Open(file, "resnet.pt");
        var source = package.ReadModel();
        LoadOptions told = new() { InputShapes = [InputShape.Parse("x=?,3,224,224")] };
        var engines = new ModelEngines().AddTorch();
        using TensorInputs one = new(KeyValuePair.Create("x", ModelTensor.Of<float>(new float[3 * 224 * 224], 1, 3, 224, 224)));
        using TensorInputs two = new(KeyValuePair.Create("x", ModelTensor.Of<float>(new float[2 * 3 * 224 * 224], 2, 3, 224, 224)));
        string[] names = ["lowered alone", "loaded, shape told", "first call", "second call", "loaded, no shape told", "first call, lowered", "call of two images, lowered before"];
        var times = names.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            times[0].Add(Time(() => engines.ExportOnnx(source, told)));
            Model? model = null;
            times[1].Add(Time(() => model = engines.Load(source, told)));
            times[2].Add(Time(() => model!.Predict(one).Dispose()));
            times[3].Add(Time(() => model!.Predict(one).Dispose()));
            model!.Dispose();
            times[4].Add(Time(() => model = engines.Load(source)));
            times[5].Add(Time(() => model.Predict(one).Dispose()));
            times[6].Add(Time(() => model.Predict(two).Dispose()));
            model.Dispose();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Length / 1e6:0.0} MB, {rounds} rounds, milliseconds: least, median"));
        for (var i = 0; i < names.Length; i++)
        {
            times[i].Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{names[i],-42} {times[i][0],8:0.0} {times[i][times[i].Count / 2],8:0.0}"));
        }
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
