using System.Text;
using Flama.Keras.Tests.Made;

namespace Flama.Keras.Tests.Operations;

/// <summary>Operations of keras.ops with options that change the answer.</summary>
public sealed class OperationTests
{
    [Fact]
    public void FloorDivide_OfNegativeWholeNumbers_IsBelow()
    {
        var divide = MadeKeras.Operation("FloorDivide", """{"name": "floordivide"}""", $"[{MadeKeras.Tensor("x")}, 2]");
        var file = MadeKeras.Archive(MadeKeras.Functional("floordivide", ["x"], MadeKeras.Input("x", "[null, 4]", "int32"), divide));

        Assert.Equal([-4, -1, 3, 4], MadeKeras.Answer(file, ModelTensor.Of<int>([-7, -1, 7, 8], 1, 4)));
    }

    [Theory]
    [InlineData("""{"name": "norm", "ord": 1, "axis": [1, 2]}""", 6.0)]
    [InlineData("""{"name": "norm", "ord": "fro", "axis": [1, 2]}""", 5.477225575051661)]
    [InlineData("""{"name": "norm", "axis": [1, 2]}""", 5.477225575051661)]
    public void Norm_AlongTwoAxes_IsThatOfMatrices(string config, double expected)
    {
        Assert.Equal(expected, Assert.Single(MadeKeras.Answer(Norm(config), ModelTensor.Of<float>([1, -2, 3, -4], 1, 2, 2))), 1e-6);
    }

    [Fact]
    public void Norm_TheLargestSingularValue_IsRefused()
    {
        Assert.Contains("is a norm of matrices of another order", MadeKeras.Refusal(Norm("""{"name": "norm", "ord": 2, "axis": [1, 2]}""")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crop_to_aspect_ratio", new double[] { 1.5, 3.5 })]
    [InlineData("pad_to_aspect_ratio", new double[] { 1.5, 0, 3.5, 0 })]
    public void Resize_ThatKeepsTheAspect_CutsOrFills(string option, double[] expected)
    {
        // Four columns are cut to the one in the middle; one gets another of zeros beside it.
        var isCut = option[0] == 'c';
        var (shape, size) = isCut ? ("[null, 2, 4, 1]", "[2, 1]") : ("[null, 2, 1, 1]", "[2, 2]");
        var resize = MadeKeras.Operation("Resize", $$"""{"name": "resize", "size": {{size}}, "interpolation": "nearest", "{{option}}": true}""", $"[{MadeKeras.Tensor("x")}]");
        var file = MadeKeras.Archive(MadeKeras.Functional("resize", ["x"], MadeKeras.Input("x", shape), resize));
        var input = isCut ? ModelTensor.Of<float>([0, 1.5f, 9, 0, 0, 3.5f, 9, 0], 1, 2, 4, 1) : ModelTensor.Of<float>([1.5f, 3.5f], 1, 2, 1, 1);

        Assert.Equal(expected, MadeKeras.Answer(file, input));
    }

    [Fact]
    public void Resize_WithAntialias_IsRefused()
    {
        var resize = MadeKeras.Operation("Resize", """{"name": "resize", "size": [2, 2], "antialias": true}""", $"[{MadeKeras.Tensor("x")}]");

        var refusal = MadeKeras.Refusal(MadeKeras.Archive(MadeKeras.Functional("resize", ["x"], MadeKeras.Input("x", "[null, 4, 4, 1]"), resize)));

        Assert.Contains("resizes with antialias", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RandomFlip", "3.15.1", true)]
    [InlineData("Solarization", "3.15.1", true)]
    [InlineData("RandomFlip", "2.15.0", false)]
    [InlineData("Dropout", "3.15.1", false)]
    public void Training_IsTheDefaultOfPicturesInKerasThree_AndRefusedElse(string className, string version, bool isServed)
    {
        var layer = MadeKeras.Layer(className, $$"""{"name": "{{className.ToLowerInvariant()}}"}""", $"[{MadeKeras.Tensor("x")}]", """{"training": true}""");
        var file = MadeKeras.Archive(
            MadeKeras.Functional(className.ToLowerInvariant(), ["x"], MadeKeras.Input("x", "[null, 2, 1, 1]"), layer), null, ("metadata.json", Encoding.UTF8.GetBytes($$"""{"keras_version": "{{version}}"}""")));

        if (isServed)
        {
            Assert.Equal([1, 200], MadeKeras.Answer(file, ModelTensor.Of<float>([1, 200], 1, 2, 1, 1)));
        }
        else
        {
            Assert.Contains("is called with training=True", MadeKeras.Refusal(file).Message, StringComparison.Ordinal);
        }
    }

    private static byte[] Norm(string config) => MadeKeras.Archive(MadeKeras.Functional("norm", ["x"], MadeKeras.Input("x", "[null, 2, 2]"), MadeKeras.Operation("Norm", config, $"[{MadeKeras.Tensor("x")}]")));
}
