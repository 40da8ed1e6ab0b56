using System.Text;
using Flama.Json;

namespace Flama.Tests.Json;

public class FeatureReaderProblemTests
{
    public static TheoryData<string, string, string, string> Rules => new()
    {
        // the document
        { "pair", "null", "object_type", """The body is null, expected an object with the rows: {"input": [[…], …]}.""" },
        { "pair", "3", "object_type", """The body is a number, expected an object with the rows: {"input": [[…], …]}.""" },
        { "pair", "true", "object_type", """The body is a boolean, expected an object with the rows: {"input": [[…], …]}.""" },
        { "pair", "\"abc\"", "object_type", """The body is a string, expected an object with the rows: {"input": [[…], …]}.""" },
        { "pair", "[[0,1]]", "object_type", """The body is a list, expected an object with the rows: {"input": [[…], …]}.""" },
        { "pair", "{}", "missing", """The body has no 'input', expected an object with the rows: {"input": [[…], …]}.""" },
        { "pair", """{"foo":1}""", "missing", """The body has no 'input', expected an object with the rows: {"input": [[…], …]}.""" },
        { "pair", """{"input":1}""", "list_type", "The input is a number, expected a list of rows: [[…], …]." },
        { "pair", """{"input":"abc"}""", "list_type", "The input is a string, expected a list of rows: [[…], …]." },
        { "pair", """{"input":null}""", "list_type", "The input is null, expected a list of rows: [[…], …]." },
        { "pair", """{"input":{"a":[1]}}""", "list_type", "The input is an object, expected a list of rows: [[…], …]." },
        { "pair", """{"input":[[0,1]],"input":7}""", "list_type", "The input is a number, expected a list of rows: [[…], …]." },

        // the rows
        { "pair", """{"input":[]}""", "empty_input", "The input is an empty list, expected at least one row." },
        { "pair", """{"input":[[]]}""", "feature_count", "Row 0 has 0 features, expected 2." },
        { "pair", """{"input":[[1]]}""", "feature_count", "Row 0 has 1 feature, expected 2." },
        { "pair", """{"input":[[1,2,["x"]]]}""", "feature_count", "Row 0 has 3 features, expected 2." },
        { "pair", """{"input":[[1,2],[3]]}""", "feature_count", "Row 1 has 1 feature, expected 2." },
        { "pair", """{"input":[["x"]]}""", "feature_count", "Row 0 has 1 feature, expected 2." },
        { "customer", """{"input":[[1,2]]}""", "feature_count", "Row 0 has 2 features, expected 4: id, country, age, balance." },
        { "unknown", """{"input":[[1,2],[3]]}""", "feature_count", "Row 1 has 1 value and row 0 has 2, expected rows of the same length." },
        { "unknown", """{"input":[{"a":1},{"b":1}]}""", "unknown_feature", "Row 1 has names that the model does not know: 'b'. It takes: a. (and 1 more problem)" },
        { "pair", """{"input":[1,2,3]}""", "flat_input", "The input is one flat list of 3 values, expected rows of 2 features. Wrap it: [[…]] is one row, [[…], […]] are two." },
        { "single", """{"input":[1]}""", "flat_input", "The input is one flat list of 1 value, expected rows of 1 feature. Wrap it: [[…]] is one row, [[…], […]] are two." },
        { "customer", """{"input":["x"]}""", "flat_input", "The input is one flat list of 1 value, expected rows of 4 features: id, country, age, balance. Wrap it: [[…]] is one row, [[…], […]] are two." },
        { "unknown", """{"input":[1,2]}""", "flat_input", "The input is one flat list of 2 values, expected a list of rows. Wrap it: [[…]] is one row, [[…], […]] are two." },
        { "pair", """{"input":[[0,1],{"a":1}]}""", "mixed_rows", "Row 1 is an object and row 0 is a list, expected all rows in the same form." },
        { "customer", """{"input":[{"country":null,"age":1,"balance":2},[1,2,3,4]]}""", "mixed_rows", "Row 1 is a list and row 0 is an object, expected all rows in the same form." },
        { "pair", """{"input":[[0,1],5]}""", "mixed_rows", "Row 1 is a number and row 0 is a list, expected all rows in the same form." },
        { "pair", """{"input":[5,[0,1]]}""", "row_type", "Row 0 is a number, expected a list of 2 values. (and 1 more problem)" },
        { "pair", """{"input":[{"a":1,"b":2}]}""", "row_type", "Row 0 is an object, and the model was trained without feature names, expected a list of 2 values." },
        { "list", """{"input":[["a"],"b"]}""", "row_type", "Row 1 is a string, expected a list of any length." },
        { "record", """{"input":[[1]]}""", "row_type", "Row 0 is a list, expected an object of names and values." },

        // names
        { "customer", """{"input":[{"country":"x","balance":1}]}""", "missing_feature", "Row 0 lacks 1 feature: 'age'." },
        { "customer", """{"input":[{}]}""", "missing_feature", "Row 0 lacks 3 features: 'country', 'age', 'balance'." },
        { "customer", """{"input":[{"country":"x","age":1,"balance":1,"zip":2,"a\u0007b":[]}]}""", "unknown_feature", "Row 0 has names that the model does not know: 'zip', 'a�b'. It takes: id, country, age, balance." },
        { "selecting", """{"input":[{"country":"x","zip":2}]}""", "missing_feature", "Row 0 lacks 2 features: 'age', 'balance'." },

        // cells
        { "pair", """{"input":[[0,1],[2,null]]}""", "missing_value", "Row 1, feature 1 is null, and the model does not take missing values there." },
        { "pair", """{"input":[[NaN,0]]}""", "missing_value", "Row 0, feature 0 is NaN, and the model does not take missing values there." },
        { "customer", """{"input":[[1,"x",1,null]]}""", "missing_value", "Row 0, feature 3 ('balance') is null, and the model does not take missing values there." },
        { "customer", """{"input":[{"country":"x","age":1,"balance":null}]}""", "missing_value", "Row 0, feature 3 ('balance') is null, and the model does not take missing values there." },
        { "document", """{"input":[null]}""", "missing_value", "Row 0, feature 0 is null, and the model does not take missing values there." },
        { "pair", """{"input":[["0",1]]}""", "number_type", "Row 0, feature 0 is the text '0', expected a number." },
        { "customer", """{"input":[[1,"x","abc",1]]}""", "number_parsing", "Row 0, feature 2 ('age') is the text 'abc', which does not read as a number." },
        { "customer", """{"input":[[1,"x","inf",1]]}""", "infinite_number", "Row 0, feature 2 ('age') is 'inf', expected a finite number." },
        { "customer", """{"input":[[1,"x",1,"1"]]}""", "number_type", "Row 0, feature 3 ('balance') is the text '1', expected a number." },
        { "pair", """{"input":[[1e400,1]]}""", "number_range", "Row 0, feature 0 is '1e400', which is outside float64 (up to about 1.8e308)." },
        { "infinite", """{"input":[[-1e400,1]]}""", "number_range", "Row 0, feature 0 is '-1e400', which is outside float64 (up to about 1.8e308)." },
        { "infinite", """{"input":[[1,Infinity]]}""", "infinite_number", "Row 0, feature 1 is Infinity, expected a finite number." },
        { "infinite", """{"input":[[1,-Infinity]]}""", "infinite_number", "Row 0, feature 1 is -Infinity, expected a finite number." },
        { "pair", """{"input":[[[0,1]]]}""", "feature_count", "Row 0 has 1 feature, expected 2." },
        { "pair", """{"input":[[[0,1],1]]}""", "cell_type", "Row 0, feature 0 is a list, which makes 3 dimensions, expected a single value (rows of values, 2 dimensions)." },
        { "pair", """{"input":[[1,{"a":[]}]]}""", "cell_type", "Row 0, feature 1 is an object, expected a single value (rows of values, 2 dimensions)." },
        { "record", """{"input":[{"a":[1]}]}""", "cell_type", "Row 0, feature 0 ('a') is a list, which makes 3 dimensions, expected a single value (rows of values, 2 dimensions)." },
        { "document", """{"input":[1]}""", "text_type", "Row 0, feature 0 is a number, expected text." },
        { "document", """{"input":["a",true]}""", "text_type", "Row 1, feature 0 is true, expected text." },
        { "document", """{"input":["a",["b"]]}""", "mixed_rows", "Row 1 is a list and row 0 is a single value, expected all rows in the same form." },
        { "document", """{"input":[["a","b"]]}""", "feature_count", "Row 0 has 2 features, expected 1." },
        { "categorical", """{"input":[["pink",1]]}""", "unknown_category", "Row 0, feature 0 ('colour') is 'pink', expected one of 'red', 'green', 'blue'." },
        { "categorical", """{"input":[[7,1]]}""", "unknown_category", "Row 0, feature 0 ('colour') is '7', expected one of 'red', 'green', 'blue'." },
        { "categorical", """{"input":[["red",3]]}""", "unknown_category", "Row 0, feature 1 ('size') is '3', expected one of 1, 2.5." },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void ReadRequest_RowsTheModelDoesNotTake_SaysWhatAndWhere(string signature, string json, string type, string message)
    {
        var failure = Assert.Throws<FlamaException>(() => Read(signature, json));

        Assert.Equal(ErrorCodes.InvalidInput, failure.Code);
        Assert.Equal(message, failure.Message);
        Assert.Equal(type, failure.Problems[0].Type);
    }

    [Fact]
    public void ReadRequest_BadCell_ProblemNamesRowFeatureAndName()
    {
        var failure = Assert.Throws<FlamaException>(() => Read("customer", """{"input":[[1,"x",1,1],[1,"x",1,null]]}"""));

        var problem = Assert.Single(failure.Problems);
        Assert.Equal((1, 3, "balance"), (problem.Row, problem.Feature, problem.FeatureName));
        Assert.Equal(1, failure.ProblemCount);
    }

    [Fact]
    public void ReadRequest_MoreThanTenProblems_ListsTenAndCountsAll()
    {
        var json = $$"""{"input":[{{string.Join(",", Enumerable.Repeat("[null,\"x\"]", 20))}}]}""";

        var failure = Assert.Throws<FlamaException>(() => Read("pair", json));

        Assert.Equal(10, failure.Problems.Count);
        Assert.Equal(40, failure.ProblemCount);
        Assert.EndsWith("(and 39 more problems)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadRequest_RowsOfWrongWidth_CountOnceEach()
    {
        var failure = Assert.Throws<FlamaException>(() => Read("pair", """{"input":[[null],["a","b","c"],[0,1],[]]}"""));

        Assert.Equal(3, failure.ProblemCount);
        Assert.All(failure.Problems, problem => Assert.Equal("feature_count", problem.Type));
        Assert.Equal([0, 1, 3], failure.Problems.Select(problem => problem.Row!.Value));
    }

    [Fact]
    public void ReadRequest_LongText_IsCutInTheMessage()
    {
        var failure = Assert.Throws<FlamaException>(() => Read("pair", $$"""{"input":[["{{new string('é', 500)}}",1]]}"""));

        Assert.Equal($"Row 0, feature 0 is the text '{new string('é', 40)}…', expected a number.", failure.Message);
    }

    [Fact]
    public void ReadRequest_ManyUnknownNames_ListsTen()
    {
        var names = string.Join(",", Enumerable.Range(0, 200).Select(i => $"\"n{i}\":0"));

        var failure = Assert.Throws<FlamaException>(() => Read("customer", $$"""{"input":[{"country":"x","age":1,"balance":1,{{names}}}]}"""));

        Assert.Contains("'n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9' and 190 more. It takes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadRows_ObjectWithoutInput_SaysWhatIsExpected()
    {
        var failure = Assert.Throws<FlamaException>(() => new FeatureReader(Signatures.Pair).ReadRows("{}"u8));

        Assert.Equal("The input is an object without 'input', expected a list of rows: [[…], …].", failure.Message);
    }

    private static FeatureBatch Read(string signature, string json)
    {
        var taken = signature switch
        {
            "pair" => Signatures.Pair,
            "single" => Signatures.Single,
            "customer" => Signatures.Customer,
            "selecting" => Signatures.Selecting,
            "categorical" => Signatures.Categorical,
            "infinite" => Signatures.Infinite,
            "document" => Signatures.Document,
            "record" => Signatures.Record,
            "list" => Signatures.List,
            _ => TableSpec.Unknown,
        };
        return new FeatureReader(taken).ReadRequest(Encoding.UTF8.GetBytes(json));
    }
}
