using System.Reflection;

namespace Flama.Tests;

public sealed class ModelFormatsTests
{
    [Fact]
    public void All_HoldsEveryFieldOnce_WithNamesOfTheirOwn()
    {
        var fields = typeof(ModelFormats).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (ModelFormat)field.GetValue(null)!);

        Assert.Equal(fields.Select(format => format.Name).Order(), ModelFormats.All.Select(format => format.Name).Order());
        Assert.Equal(ModelFormats.All.Count, ModelFormats.All.Distinct().Count());
    }

    [Fact]
    public void All_DescriptionsContinueASentence_AndRemediesEndOne()
    {
        Assert.All(ModelFormats.All, format =>
        {
            Assert.Matches("^[a-z0-9-]+$", format.Name);
            Assert.False(format.Description.EndsWith('.'), format.Name);
            Assert.True(char.IsUpper(format.Remedy[0]), format.Name);
            Assert.Same(format, ModelFormats.Find(format.Name));
        });
        Assert.Null(ModelFormats.Find("punch card"));
    }

    [Fact]
    public void Equals_SameName_IsTheSameFormat()
    {
        ModelFormat mine = new("onnx", "mine");

        Assert.Equal(ModelFormats.Onnx, mine);
        Assert.Equal(ModelFormats.Onnx.GetHashCode(), mine.GetHashCode());
        Assert.NotEqual(ModelFormats.Keras, mine);
    }
}
