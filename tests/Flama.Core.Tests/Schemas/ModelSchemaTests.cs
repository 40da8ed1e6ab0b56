using System.Text;
using Flama.Json;
using Flama.Schemas;

namespace Flama.Tests.Schemas;

public sealed class ModelSchemaTests
{
    [Theory]
    [InlineData("""{"age":{"minimum":18}}""", "[17.9,null,1]", "Row 0, feature 0 ('age') is 17.9, expected 18 or more.", "minimum", "18")]
    [InlineData("""{"age":{"maximum":120}}""", "[150,null,1]", "Row 0, feature 0 ('age') is 150, expected 120 or less.", "maximum", "120")]
    [InlineData("""{"age":{"exclusiveMinimum":0}}""", "[0,null,1]", "Row 0, feature 0 ('age') is 0, expected more than 0.", "exclusiveMinimum", "0")]
    [InlineData("""{"age":{"minimum":0,"exclusiveMinimum":true}}""", "[0,null,1]", "Row 0, feature 0 ('age') is 0, expected more than 0.", "exclusiveMinimum", "0")]
    [InlineData("""{"age":{"exclusiveMaximum":1e3}}""", "[1000,null,1]", "Row 0, feature 0 ('age') is 1000, expected less than 1000.", "exclusiveMaximum", "1000")]
    [InlineData("""{"age":{"multipleOf":0.1}}""", "[0.35,null,1]", "Row 0, feature 0 ('age') is 0.35, expected a multiple of 0.1.", "multipleOf", "0.1")]
    [InlineData("""{"age":{"type":"integer"}}""", "[1.5,null,1]", "Row 0, feature 0 ('age') is 1.5, expected an integer.", "type", "\"integer\"")]
    [InlineData("""{"age":{"type":"number"}}""", "[null,null,1]", "Row 0, feature 0 ('age') is null, expected a number.", "type", "\"number\"")]
    [InlineData("""{"plan":{"type":["string","null"]}}""", "[1,5,1]", "Row 0, feature 1 ('plan') is 5, expected a string or null.", "type", "[\"string\",\"null\"]")]
    [InlineData("""{"plan":{"type":"boolean"}}""", "[1,2,1]", "Row 0, feature 1 ('plan') is 2, expected a boolean.", "type", "\"boolean\"")]
    [InlineData("""{"plan":{"enum":["basic","pro",7]}}""", "[1,\"free\",1]", "Row 0, feature 1 ('plan') is 'free', expected one of 'basic', 'pro', 7.", "enum", "[\"basic\",\"pro\",7]")]
    [InlineData("""{"plan":{"enum":["basic","pro"]}}""", "[1,null,1]", "Row 0, feature 1 ('plan') is null, expected one of 'basic', 'pro'.", "enum", "[\"basic\",\"pro\"]")]
    [InlineData("""{"plan":{"const":"pro"}}""", "[1,\"basic\",1]", "Row 0, feature 1 ('plan') is 'basic', expected 'pro'.", "const", "\"pro\"")]
    [InlineData("""{"plan":{"minLength":3}}""", "[1,\"ab\",1]", "Row 0, feature 1 ('plan') is 'ab', expected text of 3 characters or more.", "minLength", "3")]
    [InlineData("""{"plan":{"maxLength":1}}""", "[1,\"ab\",1]", "Row 0, feature 1 ('plan') is 'ab', expected text of 1 character or less.", "maxLength", "1")]
    [InlineData("""{"plan":{"pattern":"^[A-Z]{2}$"}}""", "[1,\"ab\",1]", "Row 0, feature 1 ('plan') is 'ab', expected text that matches ^[A-Z]{2}$.", "pattern", "\"^[A-Z]{2}$\"")]
    [InlineData("""{"age":{"maximum":9,"x-sensitive":true}}""", "[987,null,1]", "Row 0, feature 0 ('age') must be 9 or less.", "maximum", "9")]
    [InlineData("""{"plan":{"enum":["x"],"x-sensitive":true}}""", "[1,\"secret\",1]", "Row 0, feature 1 ('plan') must be 'x'.", "const", "\"x\"")]
    public void Invoke_CellAgainstARule_NamesRowFeatureRuleAndBound(string properties, string row, string message, string rule, string bound)
    {
        using var model = SchemaEngine.Load($$"""{"type":"object","properties":{{properties}}}""");

        foreach (var method in new[] { "predict", "predict_proba" })
        {
            var failure = Assert.Throws<FlamaException>(() => Invoke(model, row, method));

            var problem = Assert.Single(failure.Problems);
            Assert.Equal((ErrorCodes.InvalidInput, message, message), (failure.Code, failure.Message, problem.Message));
            Assert.Equal(("schema_violation", rule, bound, 0), (problem.Type, problem.Rule, problem.Bound, problem.Row));
        }

        Invoke(model, row, "inverse_transform");
    }

    [Theory]
    [InlineData("""{"age":{"minimum":18,"maximum":120,"multipleOf":0.1,"type":"number"}}""", "[18,null,1]")]
    [InlineData("""{"age":{"multipleOf":0.1}}""", "[0.3,null,1]")]
    [InlineData("""{"age":{"minimum":18}}""", "[null,null,1]")]
    [InlineData("""{"age":{"type":"integer","nullable":true}}""", "[null,null,1]")]
    [InlineData("""{"age":{"anyOf":[{"type":"integer","minimum":3},{"type":"null"}]}}""", "[null,null,1]")]
    [InlineData("""{"plan":{"type":"string","minLength":1,"maxLength":1}}""", "[1,\"\\uD83D\\uDE00\",1]")]
    [InlineData("""{"plan":{"enum":["basic",null]}}""", "[1,null,1]")]
    [InlineData("""{"plan":{"enum":["basic",7]}}""", "[1,7,1]")]
    [InlineData("""{"plan":{"type":["boolean","string"]}}""", "[1,true,1]")]
    [InlineData("""{"plan":{"pattern":"b"}}""", "[1,\"abc\",1]")]
    [InlineData("""{"plan":{"pattern":"^x$"}}""", "[1,7,1]")]
    [InlineData("""{"plan":{"title":"Plan","default":"a","format":"email","x-owner":"shop","deprecated":true,"$comment":"c"}}""", "[1,\"b\",1]")]
    [InlineData("""{"plan":{"widget":"select"}}""", "[1,\"b\",1]")]
    [InlineData("""{"plan":true}""", "[1,\"b\",1]")]
    public void Invoke_CellWithinTheRules_IsComputed(string properties, string row)
    {
        using var model = SchemaEngine.Load($$"""{"properties":{{properties}}}""");

        Invoke(model, row);
    }

    [Theory]
    [InlineData("""{"prefixItems":[{"maximum":5}]}""")]
    [InlineData("""{"type":"array","items":[{"maximum":5}]}""")]
    [InlineData("""{"type":"array","items":{"maximum":5}}""")]
    [InlineData("""{"type":"array","items":{"type":"array","prefixItems":[{"maximum":5}]}}""")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"age":{"maximum":5}}}}""")]
    [InlineData("""{"type":"object","properties":{"input":{"type":"array","items":{"properties":{"age":{"maximum":5}}}}}}""")]
    [InlineData("""{"properties":{"age":{"$ref":"#/$defs/small"}},"$defs":{"small":{"maximum":5}}}""")]
    [InlineData("""{"$ref":"#/definitions/row","definitions":{"row":{"properties":{"age":{"maximum":5}}}}}""")]
    public void Parse_FormsOfARow_MeanTheSame(string schema)
    {
        using var model = SchemaEngine.Load(schema);

        Invoke(model, "[5,1,1]");

        Assert.Equal("maximum", Assert.Single(Assert.Throws<FlamaException>(() => Invoke(model, "[6,1,1]")).Problems).Rule);
    }

    [Theory]
    [InlineData("""{"properties":{"age":{"maximun":5}}}""", "#/properties/age/maximun of the schema is not a keyword of JSON Schema.", "Did you mean maximum?")]
    [InlineData("""{"properties":{"age":{"not":{}}}}""", "#/properties/age/not of the schema is a rule that is not checked here.", "Leave it out, or write it with the rules of single features.")]
    [InlineData("""{"properties":{"age":{"properties":{}}}}""", "#/properties/age/properties of the schema is a rule that is not checked here.", "Leave it out, or write it with the rules of single features.")]
    [InlineData("""{"properties":{"age":{"maximum":"5"}}}""", "#/properties/age/maximum of the schema is a text, expected a number.", null)]
    [InlineData("""{"properties":{"age":{"multipleOf":0}}}""", "#/properties/age/multipleOf of the schema is not above 0.", null)]
    [InlineData("""{"properties":{"age":{"minLength":-1}}}""", "#/properties/age/minLength of the schema is not a whole number of 0 or more.", null)]
    [InlineData("""{"properties":{"age":{"type":"float"}}}""", "#/properties/age/type of the schema is \"float\", expected number, integer, boolean, string or null, or a list of them.", null)]
    [InlineData("""{"properties":{"plan":{"pattern":"("}}}""", "#/properties/plan/pattern of the schema is not a regular expression: InsufficientClosingParentheses at character 1.", null)]
    [InlineData("""{"properties":{"plan":{"pattern":"(a)\\1"}}}""", "#/properties/plan/pattern of the schema looks ahead, behind or back, which is not supported.", null)]
    [InlineData("""{"properties":{"plan":{"pattern":"((a{100}){100}){100}"}}}""", "#/properties/plan/pattern of the schema repeats more than 2000 times.", null)]
    [InlineData("""{"properties":{"agee":{}}}""", "#/properties/agee of the schema is not a feature of the model.", "Did you mean 'age'?")]
    [InlineData("""{"properties":{"age":{}},"required":["city"]}""", "#/properties/city of the schema is not a feature of the model.", "It has: age, plan, unused.")]
    [InlineData("""{"prefixItems":[{},{},{},{"type":"number"}]}""", "#/prefixItems of the schema has 4 features, and the model takes 3.", null)]
    [InlineData("""{"properties":{"age":{"$ref":"#/$defs/none"}}}""", "#/properties/age/$ref of the schema is '#/$defs/none', which is not there.", null)]
    [InlineData("""{"properties":{"age":{"$ref":"#/properties/age"}}}""", "#/properties/age of the schema follows more than 16 references.", null)]
    [InlineData("""{"properties":{"age":{"$ref":"http://x/y"}}}""", "#/properties/age/$ref of the schema is 'http://x/y', expected a place in the same document: #/$defs/NAME.", null)]
    [InlineData("{}", "# of the schema says nothing of features.", "Give rules by name in properties, or by position in prefixItems.")]
    [InlineData("[]", "# of the schema is a list, expected an object.", null)]
    public void Load_WrongSchema_TellsWhereAndWhat(string schema, string message, string? remedy)
    {
        var failure = Assert.Throws<FlamaException>(() => SchemaEngine.Load(schema));

        Assert.Equal((ErrorCodes.InvalidSchema, message, remedy ?? "Correct the schema, or load the model with validation off."), (failure.Code, failure.Message, failure.Remedy));
    }

    [Fact]
    public void Parse_NotJson_TellsWhere()
    {
        var failure = Assert.Throws<FlamaException>(() => ModelSchema.Parse("{\n\"a\" 1}"u8.ToArray(), "'s.json'"));

        Assert.Equal("# of 's.json' is not JSON (line 2, byte 5).", failure.Message);
    }

    [Fact]
    public void Invoke_ManyViolations_ListsTenAndCountsAll()
    {
        using var model = SchemaEngine.Load("""{"properties":{"age":{"minimum":1,"type":"integer"}}}""");

        var failure = Assert.Throws<FlamaException>(() => Invoke(model, string.Join(',', Enumerable.Repeat("[0.5,1,1]", 20))));

        // Two rules of each cell; of those behind the tenth problem each cell counts once.
        Assert.Equal((10, 25), (failure.Problems.Count, failure.ProblemCount));
        Assert.Equal(["type", "minimum"], failure.Problems.Take(2).Select(problem => problem.Rule));
        Assert.Equal(4, failure.Problems[^1].Row);
    }

    [Fact]
    public void Invoke_Warn_ComputesAndTells()
    {
        List<FlamaException> heard = [];
        using var model = SchemaEngine.Load("""{"properties":{"age":{"minimum":1}}}""", new() { Validation = ValidationMode.Warn, OnViolation = heard.Add });

        Invoke(model, "[0,1,1]");

        Assert.Equal("minimum", Assert.Single(Assert.Single(heard).Problems).Rule);
    }

    [Fact]
    public void Load_Off_LooksAtNothing()
    {
        using var model = SchemaEngine.Load("""{"properties":{"nobody":{"minimum":1}}}""", new() { Validation = ValidationMode.Off });

        Invoke(model, "[0,1,1]");
    }

    [Fact]
    public void Load_RuleOfAnUnusedFeature_Warns()
    {
        using var model = SchemaEngine.Load("""{"properties":{"unused":{"minimum":1}}}""");

        Invoke(model, "[0,1,0]");

        Assert.Equal(["The schema has a rule for 'unused', which the model does not use: it is not checked."], model.Warnings);
    }

    [Fact]
    public void Invoke_SensitiveFeatureOfAWrongType_KeepsItsValue()
    {
        using var model = SchemaEngine.Load("""{"properties":{"age":{"x-sensitive":true}}}""");

        var failure = Assert.Throws<FlamaException>(() => Invoke(model, "[\"secret\",1,0]"));

        Assert.Equal("Row 0, feature 0 ('age') is the text (not shown), expected a number.", failure.Message);
    }

    [Fact]
    public void Invoke_ValidRows_AllocateNothingMore()
    {
        const int calls = 1000;
        using var plain = SchemaEngine.Load(null);
        using var ruled = SchemaEngine.Load("""{"properties":{"age":{"minimum":0,"maximum":9,"type":"integer"},"plan":{"enum":["a","b"],"pattern":"^[ab]$","maxLength":1}}}""");
        using var rows = InputReader.For(SchemaEngine.Spec).ReadValue("[[1,\"a\",0],[2,\"b\",0]]"u8);
        long[] bytes = [0, 0];
        foreach (var (index, model) in new[] { plain, ruled }.Index())
        {
            var method = model.GetMethod("predict");
            for (var i = 0; i < calls; i++)
            {
                method.Invoke(rows).Dispose();
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < calls; i++)
            {
                method.Invoke(rows).Dispose();
            }

            bytes[index] = (GC.GetAllocatedBytesForCurrentThread() - before) / calls;
        }

        Assert.Equal(bytes[0], bytes[1]);
    }

    [Theory]
    [InlineData("predict_proba", "Row 1 of the answer of 'predict_proba' sums to 0.9, expected 1.", 0.5, 0.5, 0.4, 0.5)]
    [InlineData("predict_proba", "Row 0 of the answer of 'predict_proba' has -1, expected probabilities from 0 to 1.", -1.0, 2.0)]
    [InlineData("predict", "Row 0 of the answer of 'predict' has NaN, expected finite numbers.", double.NaN, 2.0)]
    [InlineData("predict", null, -1.0, 2.0)]
    [InlineData("inverse_transform", null, double.NaN, 2.0)]
    public void Invoke_AnswersThatAreChecked_AreFiniteAndSumTo1(string method, string? message, params double[] answers)
    {
        using var model = SchemaEngine.Load(null, new() { ChecksAnswers = true }, answers);

        var failure = Record.Exception(() => Invoke(model, "[0,1,1]", method));

        Assert.Equal(message, failure?.Message);
        Assert.Equal(message is null ? null : ErrorCodes.InvalidAnswer, (failure as FlamaException)?.Code);
    }

    [Fact]
    public void Feature_WithARule_HasAnExampleWithinIt()
    {
        using var model = SchemaEngine.Load("""{"properties":{"age":{"minimum":18,"maximum":21},"plan":{"enum":["pro"]}}}""");

        var features = ((TableSpec)model.GetMethod("predict").Input).Features;

        Assert.Equal(["20", "pro"], features.Take(2).Select(feature => feature.Example.ToString()));
    }

    private static void Invoke(Model model, string rows, string method = "predict")
    {
        var chosen = model.GetMethod(method);
        using var input = InputReader.For(chosen.Input).ReadValue(Encoding.UTF8.GetBytes($"[{rows}]"));
        chosen.Invoke(input).Dispose();
    }
}
