using Flama.Packaging;

namespace Flama.Torch.Tests;

/// <summary>Models of the tests.</summary>
internal static class TorchModels
{
    public static Model Load(byte[] file)
    {
        using var package = ModelPackage.Open(file, "model.pt");
        return new TorchEngine().Load(package.ReadModel(), new LoadOptions { CancellationToken = TestContext.Current.CancellationToken });
    }

    /// <summary>The answer to one tensor.</summary>
    public static float[] Predict(this Model model, ModelTensor input)
    {
        var method = model.GetMethod(ModelMethod.Predict);
        using TensorInputs inputs = new(KeyValuePair.Create(((TensorsSpec)method.Input).Tensors[0].Name, input));
        using var answer = method.Invoke(inputs, new InvokeOptions(TestContext.Current.CancellationToken));
        return ((ModelTensor)answer.First).Elements<float>().ToArray();
    }

    public static ModelTensor Ones(params long[] shape)
    {
        var count = shape.Aggregate(1L, (product, length) => product * length);
        return ModelTensor.Of<float>(Enumerable.Repeat(1f, (int)count).ToArray(), [.. shape]);
    }
}
