using System.Text;
using Flama.Boosters.LightGbm;
using Flama.Tests;
using static Flama.Tests.LightGbmSource;

namespace Flama.Boosters.Tests.LightGbm;

public sealed class LightGbmEngineTests
{
    [Fact]
    public void Load_NativeFile_NamesLibraryFeaturesAndExamples()
    {
        var text = Model("binary sigmoid:1", 2, Split("0.5", 2)).Replace("Column_0 Column_1", "size weight", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal));
        var engine = new LightGbmEngine();
        ModelSource source = new("model.txt", ModelFormats.LightGbmText, ModelPayload.FromMemory(bytes));

        using var model = engine.Load(source, LoadOptions.Default);

        Assert.True(engine.CanLoad(source));
        Assert.Equal("lightgbm", model.Metadata.Framework);
        Assert.Equal("v4", model.Metadata.FrameworkVersion);
        Assert.Equal("Booster", model.Metadata.ModelClass);
        Assert.Equal(["size", "weight"], model.RowsSpec().Features.Select(feature => feature.Name));
        Assert.All(model.RowsSpec().Features, feature => Assert.True(feature.AllowsMissing));
        Assert.Equal(1, model.RowsSpec().Features[0].Example!.Value.Number);
        Assert.Equal(["predict"], model.Methods.Select(method => method.Name));
    }
}
