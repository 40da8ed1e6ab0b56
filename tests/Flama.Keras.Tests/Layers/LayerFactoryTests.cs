using Flama.Keras.Files;
using Flama.Keras.Layers;
using Flama.Keras.Tests.Made;

namespace Flama.Keras.Tests.Layers;

/// <summary>Which classes are served, and which are refused for what they are.</summary>
public sealed class LayerFactoryTests
{
    [Fact]
    public void Classes_ThatAreServed_AreNotAmongThoseThatAreNot() => Assert.DoesNotContain(KerasFile.NotServed, name => LayerCatalog.Find(name) is not null);

    [Theory]
    [InlineData("CuDNNLSTM", "is of the class CuDNNLSTM, which cannot be served")]
    [InlineData("FeatureSpace", "is of the class FeatureSpace, which cannot be served")]
    [InlineData("MyLayer", "is of the class 'MyLayer', which is not one of Keras's")]
    public void Load_AClassThatIsNotServed_IsRefusedByName(string className, string what)
    {
        var refusal = MadeKeras.Refusal(MadeKeras.Archive(MadeKeras.Sequential("[null, 2, 2]", MadeKeras.Layer(className, """{"name": "a"}"""))));

        Assert.Equal(ErrorCodes.UnsupportedFormat, refusal.Code);
        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
    }
}
