using Flama.Packaging.Mlflow;

namespace Flama.Packaging.Tests.Mlflow;

public sealed class MlflowManifestTests
{
    private const string Text = """
        # written by hand
        flavors:
          python_function:
            env:
              conda: conda.yaml
            predict_fn: predict
          lightgbm:
            code: null
            data: "model \"one\".lgb"
            skops_trusted_types:
            - lightgbm.basic.Booster
            - collections.OrderedDict
            model_class: lightgbm.basic.Booster
        signature:
          inputs: '[{"type": "string", "name": "it''s", "required": true}, {"type": "double",
            "name": "pay", "required": true}]'
          params: null
        utc_time_created: '2026-11-29 04:40:43.199849'
        """;

    [Fact]
    public void Read_WhatMlflowWrites_GivesMappingsOfTexts()
    {
        var manifest = MlflowManifest.Read(Text);

        var flavours = (IReadOnlyDictionary<string, object>)manifest["flavors"];
        var booster = (IReadOnlyDictionary<string, object>)flavours["lightgbm"];
        var signature = (IReadOnlyDictionary<string, object>)manifest["signature"];
        Assert.Equal(["python_function", "lightgbm"], flavours.Keys);
        Assert.Equal("model \"one\".lgb", booster["data"]);
        Assert.Equal("lightgbm.basic.Booster", booster["model_class"]);
        Assert.Equal("""[{"type": "string", "name": "it's", "required": true}, {"type": "double", "name": "pay", "required": true}]""", signature["inputs"]);
        Assert.Equal("2026-11-29 04:40:43.199849", manifest["utc_time_created"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":::")]
    [InlineData("a: 'never closed")]
    [InlineData("a:\n b:\n  c:\n   d")]
    public void Read_SomethingElse_EndsWithoutAnError(string text) => Assert.NotNull(MlflowManifest.Read(text));
}
