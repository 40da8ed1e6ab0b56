using Flama.ConformanceTests.Tensors;
using Flama.Packaging;

namespace Flama.Torch.Tests;

/// <summary>Models asked with tensors of other numbers of dimensions than they were made for: an answer or a failure of a kind that is known.</summary>
public sealed class OddInputTests
{
    private static readonly long[][] Shapes = [[], [0], [1], [3], [2, 0], [2, 5], [1, 2, 3], [2, 3, 4, 5], [1, 1, 2, 2, 2, 2]];

    [Fact]
    public void Invoke_OtherShapes_FailsInKnownWays()
    {
        List<string> wrong = [];

        foreach (var golden in TensorCase.ReadAll("golden/torch/representative.zip").Where(golden => golden.Calls.Count > 0 && golden.Refusal is null))
        {
            var file = golden.Meta.GetProperty("file").GetString()!;
            using var package = ModelPackage.Open(golden.Files[file], file);
            using var model = new ModelEngines().AddTorch().Load(package.ReadModel());
            var method = model.GetMethod(ModelMethod.Predict);
            foreach (var shape in Shapes)
            {
                using TensorInputs inputs = new([.. ((TensorsSpec)method.Input).Tensors.Where(tensor => !tensor.IsOptional && tensor.Type != ElementType.String).Select(tensor => KeyValuePair.Create(tensor.Name, ModelTensor.Rent(tensor.Type, shape)))]);
                try
                {
                    using var answer = method.Invoke(inputs);
                }
                catch (FlamaException)
                {
                    // A failure of a kind that is known.
                }
                catch (Exception exception)
                {
                    wrong.Add($"{golden.Name} [{string.Join(", ", shape)}]: {exception.GetType().Name}: {exception.Message} {exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Flama", StringComparison.Ordinal))?.Trim()}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }
}
