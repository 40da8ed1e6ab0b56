using System.Globalization;
using System.Text;
using System.Text.Json;
using Flama.Onnx;
using Flama.Onnx.Graphs;
using Flama.Tests;

namespace Flama.Processing.Tests.Texts;

/// <summary>Numbers of tokens are those of Hugging Face's tokenizers (<c>tests/fixtures/texts/make_tokenizers.mjs</c>).</summary>
public sealed class TokenizerTests
{
    private static readonly byte[] Graph = Made.Identity(OnnxElementType.Int64, Made.Batch, Dimension.Any);

    [Theory]
    [InlineData("bert", "\"tokenizer\": \"bert.json\"")]
    [InlineData("bert", "\"tokenizer\": \"vocab.txt\"")]
    [InlineData("roberta", "\"tokenizer\": \"roberta.json\"")]
    [InlineData("roberta", "\"tokenizer\": [\"vocab.json\", \"merges.txt\"], \"cls_token\": \"<s>\", \"sep_token\": \"</s>\"")]
    [InlineData("llama3", "\"tokenizer\": \"llama3.json\"")]
    public void Predict_Text_HasTheTokensOfHuggingFace(string name, string plan)
    {
        using var cases = JsonDocument.Parse(Read("cases.json"));
        using var model = Load(plan);

        Assert.All(cases.RootElement.GetProperty(name).EnumerateArray(), one =>
        {
            // Files of a vocabulary alone do not tell that tokens stand in texts.
            var text = one.GetProperty("text").GetString()!;
            if (!(plan.Contains("merges", StringComparison.Ordinal) && text.Contains('<', StringComparison.Ordinal)))
            {
                Assert.Equal(Compact(one.GetProperty("ids")), Made.Answer(model, JsonSerializer.Serialize(text)));
            }
        });
    }

    [Fact]
    public void Predict_SeveralTexts_AreFilledUpToTheLongest()
    {
        using var model = Load("\"tokenizer\": \"bert.json\", \"max_length\": 5");

        Assert.Equal("[[2,30,3,0,0],[2,15,16,17,3]]", Made.Answer(model, "[\"hello\", \"the quick brown fox\"]"));
        Assert.Equal("[2,30,3]", Made.Answer(model, "\"hello\""));
        Assert.Equal("[[2,30,3]]", Made.Answer(model, "[\"hello\"]"));
    }

    [Theory]
    [InlineData("\"padding\": \"max_length\", \"max_length\": 6", "hello", "[2,30,3,0,0,0]")]
    [InlineData("\"add_special_tokens\": false", "hello world", "[30,31]")]
    [InlineData("\"do_lower_case\": false, \"tokenizer\": \"vocab.txt\"", "Hello world", "[2,1,31,3]")]
    [InlineData("\"cls_token\": \"hello\", \"sep_token\": \"world\"", "fox", "[30,18,31]")]
    public void Predict_Options_AreFollowed(string plan, string text, string ids)
    {
        using var model = Load(plan.Contains("tokenizer", StringComparison.Ordinal) ? plan : $"\"tokenizer\": \"bert.json\", {plan}");

        Assert.Equal(ids, Made.Answer(model, $"\"{text}\""));
    }

    [Fact]
    public void Predict_TextThatIsTooLong_IsRefusedWithoutTruncation()
    {
        using var model = Load("\"tokenizer\": \"bert.json\", \"max_length\": 4, \"truncation\": false");

        var failure = Assert.Throws<FlamaException>(() => Made.Answer(model, "[\"fox\", \"the lazy dog\"]"));

        Assert.Equal("Text 1: The text has 5 tokens; at most 4 are taken.", failure.Message);
    }

    [Fact]
    public void Predict_FixedLength_IsFilledUp()
    {
        using var model = Load("\"tokenizer\": \"bert.json\"", Made.Identity(OnnxElementType.Int32, 1, 4));

        Assert.Equal("[[2,30,3,0],[2,18,18,3]]", Made.Answer(model, "[\"hello\", \"fox fox fox\"]"));
    }

    [Fact]
    public void Predict_Pieces_AreThoseOfTheLikeliestCut()
    {
        using var model = Made.Load(Graph, "{\"text\": {\"input\": \"x\", \"tokenizer\": \"spiece.model\", \"sep_token\": \"</s>\"}}", PiecesText());

        // ▁hello | ▁wor | ld, behind it </s>; h and i have no piece of two.
        Assert.Equal("[5,6,7,2]", Made.Answer(model, "\"hello world\""));
    }

    [Theory]
    [InlineData("{\"tokenizer\": \"none.json\"}", "'processing.text.tokenizer' names 'none.json', which is not with the model.")]
    [InlineData("{\"tokenizer\": 5}", "'processing.text.tokenizer' is 5, expected the name of a file, or of a vocabulary and of its merges.")]
    [InlineData("{\"tokenizer\": \"bert.json\", \"pad_token\": \"nothing\"}", "'processing.text.pad_token' is 'nothing', which is not in the vocabulary.")]
    [InlineData("{\"tokenizer\": \"bert.json\", \"max_length\": 2}", "'processing.text.max_length' leaves no place for a token of the text.")]
    [InlineData("{\"tokenizer\": \"bert.json\", \"padding\": \"left\"}", "'processing.text.padding' is \"left\", expected one of \"longest\", \"max_length\".")]
    [InlineData("{\"tokenizer\": \"unigram.json\"}", "'processing.text.tokenizer' names a file that has a model of the kind 'Unigram'; WordPiece and BPE are read from it, and SentencePiece from its .model file.")]
    [InlineData("{\"tokenizer\": \"strange.json\"}", "'processing.text.tokenizer' names a file that has a normalizer of the kind 'Lowercase', and WordPiece is read with BertNormalizer.")]
    [InlineData("{\"tokenizer\": \"expression.json\"}", "'processing.text.tokenizer' names a file that splits by an expression that is not known.")]
    [InlineData("{\"tokenizer\": \"bad.model\"}", "'processing.text.tokenizer' names 'bad.model', which cannot be read as a tokenizer.")]
    [InlineData("{\"tokenizer\": \"cases.json\"}", "'processing.text.tokenizer' names a file that has no model.")]
    [InlineData("{\"tokenizer\": \"merges.txt\"}", "'processing.text.tokenizer' names a vocabulary without '[UNK]'.")]
    public void Load_WrongTokenizer_IsRefusedNamingTheKey(string plan, string what)
    {
        var failure = Assert.Throws<FlamaException>(() => Load(plan[1..^1]));

        Assert.Equal($"The processing of 'made.onnx' cannot be used: {what}", failure.Message);
        Assert.Equal(ErrorCodes.InvalidProcessing, failure.Code);
    }

    [Theory]
    [InlineData("bert.json")]
    [InlineData("roberta.json")]
    [InlineData("llama3.json")]
    [InlineData("vocab.txt")]
    [InlineData("spiece.model")]
    public void Load_MutatedFile_LoadsOrIsRefused(string name)
    {
        Random random = new(13);
        var file = name == "spiece.model" ? Pieces.Model() : Encoding.UTF8.GetBytes(Read(name));

        for (var i = 0; i < 300; i++)
        {
            var changed = (byte[])file.Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            changed = i % 5 == 0 ? changed[..random.Next(changed.Length)] : changed;
            ModelSource source = new("made.onnx", ModelFormats.Onnx, ModelPayload.FromMemory(Graph))
            {
                SideFiles = [new(name, ModelPayload.FromMemory(changed)), new("processing.json", ModelPayload.FromMemory(Encoding.UTF8.GetBytes($"{{\"text\": {{\"input\": \"x\", \"tokenizer\": \"{name}\"}}}}")))],
            };
            try
            {
                using var model = new ModelEngines().AddProcessing().AddOnnx().Load(source);
                Made.Answer(model, "\"hello the un world 12\"");
            }
            catch (FlamaException failure) when (failure.Code == ErrorCodes.InvalidProcessing || failure.Code == ErrorCodes.InvalidInput)
            {
                // As it should be.
            }
        }
    }

    [Fact]
    public void Predict_LongTexts_TakeTimeInProportion()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        foreach (var plan in new[] { "\"tokenizer\": \"bert.json\"", "\"tokenizer\": \"llama3.json\"", "\"tokenizer\": \"spiece.model\"" })
        {
            using var model = Made.Load(Graph, $"{{\"text\": {{\"input\": \"x\", {plan}}}}}", [.. Files(), PiecesText()]);
            foreach (var text in new[] { new string('a', 900_000), string.Concat(Enumerable.Repeat("hello ", 150_000)) })
            {
                Made.Answer(model, $"[\"{text}\"]");
                Assert.False(cancellation.IsCancellationRequested, plan);
            }
        }
    }

    [Fact]
    public void Predict_TextOverTheLimit_IsTooLarge()
    {
        using var model = Load("\"tokenizer\": \"bert.json\"");

        var failure = Assert.Throws<FlamaException>(() => Made.Answer(model, $"\"{new string('a', 1_000_001)}\""));

        Assert.Equal("The text has 1000001 characters; at most 1000000 are read.", failure.Message);
        Assert.Equal(ErrorCodes.InputTooLarge, failure.Code);
    }

    private static Model Load(string plan, byte[]? graph = null) => Made.Load(graph ?? Graph, $"{{\"text\": {{\"input\": \"x\", {plan}}}}}", [.. Files()]);

    private static IEnumerable<(string Name, string Text)> Files()
    {
        foreach (var name in new[] { "bert.json", "roberta.json", "llama3.json", "vocab.txt", "vocab.json", "merges.txt", "cases.json" })
        {
            yield return (name, Read(name));
        }

        yield return ("unigram.json", "{\"model\": {\"type\": \"Unigram\", \"vocab\": []}}");
        yield return ("strange.json", Read("bert.json").Replace("BertNormalizer", "Lowercase", StringComparison.Ordinal));
        yield return ("expression.json", Read("llama3.json").Replace("'s|'t|", "(a+)+|", StringComparison.Ordinal));
        yield return ("bad.model", "hello");
    }

    private static (string Name, string Text) PiecesText() => ("spiece.model", Encoding.Latin1.GetString(Pieces.Model()));

    private static string Read(string name) => File.ReadAllText(Fixtures.PathOf("texts", name));

    private static string Compact(JsonElement ids) => $"[{string.Join(',', ids.EnumerateArray().Select(id => id.GetInt32().ToString(CultureInfo.InvariantCulture)))}]";
}
