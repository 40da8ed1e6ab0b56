using Flama.Keras.Tests.Made;

namespace Flama.Keras.Tests.Layers;

/// <summary>Models with quantized weights are refused: read as they stand they would answer something else.</summary>
public sealed class QuantizedTests
{
    private static readonly byte[] Whole = MadeKeras.Weights(("layers/dense/vars/0", new sbyte[2, 1] { { 100 }, { -50 } }), ("layers/dense/vars/1", new[] { 0.5f }));

    [Theory]
    [InlineData("""{"module": "keras", "class_name": "QuantizedDTypePolicy", "config": {"mode": "int8", "source_name": "float32"}}""", "QuantizedDTypePolicy")]
    [InlineData("""{"module": "keras", "class_name": "QuantizedFloat8DTypePolicy", "config": {"mode": "float8", "source_name": "float32"}}""", "QuantizedFloat8DTypePolicy")]
    [InlineData("""{"module": "keras", "class_name": "Int4DTypePolicy", "config": {"mode": "int4/128", "source_name": "float32"}}""", "Int4DTypePolicy")]
    [InlineData("""{"module": "keras", "class_name": "GPTQDTypePolicy", "config": {"mode": "gptq/4/128", "source_name": "float32"}}""", "GPTQDTypePolicy")]
    [InlineData("\"int8_from_float32\"", "int8_from_float32")]
    public void Load_PolicyOfQuantizedWeights_IsRefusedByName(string policy, string name)
    {
        var file = MadeKeras.Archive(MadeKeras.Sequential("[null, 2]", MadeKeras.Layer("Dense", $$"""{"name": "dense", "units": 1, "activation": "linear", "dtype": {{policy}}}""")), Whole);

        var refusal = MadeKeras.Refusal(file);

        Assert.Equal(ErrorCodes.UnsupportedFormat, refusal.Code);
        Assert.Contains($"Layer 'dense' has quantized weights ({name})", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WeightsOfWholeNumbers_IsRefused()
    {
        var file = MadeKeras.Archive(MadeKeras.Sequential("[null, 2]", MadeKeras.Layer("Dense", """{"name": "dense", "units": 1, "activation": "linear"}""")), Whole);

        var refusal = MadeKeras.Refusal(file);

        Assert.Equal(ErrorCodes.UnsupportedFormat, refusal.Code);
        Assert.Contains("Layer 'dense' has quantized weights", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PolicyThatIsNotKnown_IsRefusedByName()
    {
        var file = MadeKeras.Archive(MadeKeras.Sequential("[null, 2]", MadeKeras.Layer("Flatten", """{"name": "f", "dtype": {"class_name": "DTypePolicyMap", "config": {}}}""")));

        Assert.Contains("has the policy of types 'DTypePolicyMap'", MadeKeras.Refusal(file).Message, StringComparison.Ordinal);
    }
}
