using Flama;
using Flama.Keras;
using Flama.Onnx;
using Flama.Onnx.Graphs;
using Flama.Packaging;
using Flama.Processing;
using Flama.Torch;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class Tensors
{
    public static void Limits(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama(flama => flama.Engines.AddOnnx(new OnnxOptions { Threads = 4, MaxMemoryBytes = 2L << 30 }));
    }

    public static int Trial(WebApplicationBuilder builder)
    {
        if (OnnxTrial.IsAsked)
        {
            return OnnxTrial.Run();
        }

        builder.Services.AddFlama(flama => flama.Engines.AddOnnx(new OnnxOptions { Trial = new OnnxTrial() }));

        return 0;
    }

    public static void Package(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama(flama => flama.Engines.AddOnnx()).AddModel("digits", "digits.onnx");
    }

    public static void Keras(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama(flama => flama.Engines.AddKeras());
    }

    public static void KerasPackage(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama(flama => flama.Engines.AddKeras())
            .AddModel("digits", "digits.keras");
    }

    public static float Predict(float[] pixels)
    {
        using var model = FlamaModel.Load("digits.onnx", new LoadOptions { Engines = [new OnnxEngine()] });
        using var inputs = new TensorInputs(KeyValuePair.Create("x", ModelTensor.Of<float>(pixels, 1, 1, 28, 28)));
        using var output = model.Model.Predict(inputs);
        ReadOnlySpan<float> scores = ((ModelTensor)output.First).Elements<float>();

        return scores[0];
    }

    public static void Images(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama(flama => flama.Engines.AddOnnx().AddProcessing(new ProcessingOptions { MaxImagePixels = 4_000_000 }));
    }

    public static void ImagesPackage(WebApplicationBuilder builder)
    {
        builder.Services.AddFlama(flama => flama.Engines.AddOnnx().AddProcessing()).AddModel("resnet", "resnet.onnx");
    }

    public static string? Label()
    {
        using var model = FlamaModel.Load("photos.onnx", new LoadOptions { Engines = [new ProcessingEngine(new OnnxEngine())] });
        var predict = model.Model.GetMethod("predict");
        using var image = ContentInputs.Image(predict, File.ReadAllBytes("photo.jpg"));
        using var output = predict.Invoke(image);
        var label = ((ModelTensor)output.Find("labels")!).Texts[0];

        return label;
    }

    public static void ImagesLoad()
    {
        using var model = FlamaModel.Load("resnet.onnx", new LoadOptions { Engines = [new ProcessingEngine(new OnnxEngine())] });
    }

    public static void Export()
    {
        var engines = new ModelEngines().AddTorch().AddKeras();
        using var package = ModelPackage.Open("model.pt");
        File.WriteAllBytes("model.onnx", engines.ExportOnnx(package.ReadModel()).ToBytes());
    }

    public static void Make(float[] weights)
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElementType.Float32, new(null, "batch"), 4);
        var w = graph.Constant<float>(weights, 4, 3);
        graph.Output("y", graph.Add("Softmax", [graph.Add("MatMul", [x, w])], OnnxAttribute.Of("axis", -1)), OnnxElementType.Float32, new(null, "batch"), 3);
        File.WriteAllBytes("made.onnx", graph.ToProgram(opset: 17).ToBytes());
    }
}
