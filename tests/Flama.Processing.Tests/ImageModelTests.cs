using Flama.Onnx.Graphs;

namespace Flama.Processing.Tests;

/// <summary>Models that take images, from a file to an answer.</summary>
public sealed class ImageModelTests
{
    private const string Normal = "\"image_mean\": [0.485, 0.456, 0.406], \"image_std\": [0.229, 0.224, 0.225]";

    public static TheoryData<string, string> Recipes() => new()
    {
        { "torchvision", $"{{\"size\": 32, \"crop_size\": 24, {Normal}}}" },
        {
            "huggingface",
            $"{{\"size\": {{\"height\": 30, \"width\": 31}}, \"resample\": 3, \"crop_size\": {{\"height\": 25, \"width\": 24}}, \"crop_rounding\": \"down\", \"rescale_factor\": 0.00392156862745098, {Normal}}}"
        },
        { "grey", "{\"size\": [28, 28], \"resample\": \"bilinear\", \"mode\": \"L\", \"rescale_factor\": 1}" },
        { "bgr", "{\"size\": [12, 16], \"resample\": \"box\", \"mode\": \"BGR\", \"layout\": \"NHWC\"}" },
    };

    // Each number is the nearest float32 of the same operations.
    [Theory]
    [MemberData(nameof(Recipes))]
    public void Predict_Recipe_GivesTheTensorOfPython(string name, string plan)
    {
        var shape = PillowFixtures.SizeOf(name, "recipes.json").Select(length => (Dimension)length).ToArray();
        using var model = Made.Load(Made.Identity(OnnxElementType.Float32, [Made.Batch, .. shape[1..]]), $"{{\"image\": {plan}}}");
        var method = model.GetMethod("predict");
        using var input = ContentInputs.Images(method, PillowFixtures.Read("base.png"));

        using var output = method.Invoke(input);

        var expected = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(PillowFixtures.Read($"recipes/{name}.f32")).ToArray();
        Assert.Equal(expected, ((ModelTensor)output.First).Elements<float>().ToArray());
    }

    [Fact]
    public void Predict_OneAndSeveral_AnswersOneAndSeveral()
    {
        using var model = Made.Load(
            Made.MeanColors(Made.Batch, Dimension.Any, Dimension.Any),
            "{\"image\": {\"rescale_factor\": 1}, \"output\": {\"activation\": \"softmax\", \"top_k\": 2, \"labels\": [\"red\", \"green\", \"blue\"]}}");

        // red: logits (2, 0, 0); blue: (0, 0, 3)
        var (red, blue) = (Pictures.Png(2, 0, 0), Pictures.Png(0, 0, 3));
        var one = Made.Answer(model, $"\"{red}\"");
        var several = Made.Answer(model, $"[\"data:image/png;base64,{red}\", {{\"b64\": \"{blue}\"}}]");

        var (first, second) = ((float)(Math.E * Math.E / ((Math.E * Math.E) + 2)), (float)(1 / ((Math.E * Math.E) + 2)));
        Assert.StartsWith("{\"labels\":[\"red\",\"green\"],\"scores\":[", one, StringComparison.Ordinal);
        Assert.Contains($"[{Text(first)},{Text(second)}]", one, StringComparison.Ordinal);
        Assert.StartsWith("{\"labels\":[[\"red\",\"green\"],[\"blue\",\"red\"]],\"scores\":[[", several, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"argmax\": true", "[2,0]")]
    [InlineData("\"argmax\": true, \"labels\": \"labels.txt\"", "[\"blue\",\"red\"]")]
    [InlineData("\"argmax\": true, \"labels\": \"config.json\"", "[\"B\",\"R\"]")]
    [InlineData("\"top_k\": 1", "{\"labels\":[[2],[0]],\"scores\":[[3.0],[2.0]]}")]
    [InlineData("\"normalize\": true", "[[0.0,0.0,1.0],[1.0,0.0,0.0]]")]
    public void Predict_Output_IsMadeAsItsStepsSay(string output, string answer)
    {
        using var model = Made.Load(
            Made.MeanColors(1, Dimension.Any, Dimension.Any),
            $"{{\"image\": {{\"rescale_factor\": 1}}, \"output\": {{{output}}}}}",
            ("labels.txt", "red\r\ngreen\r\nblue\r\n"),
            ("config.json", "{\"id2label\": {\"0\": \"R\", \"2\": \"B\", \"1\": \"G\"}}"));

        var found = Made.Answer(model, $"[\"{Pictures.Png(0, 0, 3)}\", \"{Pictures.Png(2, 0, 0)}\"]");

        Assert.Equal(answer, found);
    }

    [Fact]
    public void Predict_MoreImagesThanABatch_AnswersEachInOrder()
    {
        using var model = Made.Load(Made.MeanColors(Made.Batch, Dimension.Any, Dimension.Any), "{\"image\": {\"rescale_factor\": 1}, \"output\": {\"argmax\": true}}");
        var images = Enumerable.Range(0, 70).Select(i => Pictures.Png((byte)(i % 3 == 0 ? 9 : 0), (byte)(i % 3 == 1 ? 9 : 0), (byte)(i % 3 == 2 ? 9 : 0)));

        var answer = Made.Answer(model, $"[{string.Join(", ", images.Select(image => $"\"{image}\""))}]");

        Assert.Equal($"[{string.Join(',', Enumerable.Range(0, 70).Select(i => i % 3))}]", answer);
    }

    [Theory]
    [InlineData("5", "'image' has '5' as element 0, expected string.")]
    [InlineData("[[\"a\"]]", "'image' is a list of lists, expected image: a PNG or JPEG image in base64, or a list of them.")]
    [InlineData("[]", "The list of 'image' is empty, expected one or more.")]
    [InlineData("\"***\"", "The image is not base64 of a PNG or JPEG file.")]
    [InlineData("{\"b64\": 1}", "The input has 'b64', expected 'image'.")]
    [InlineData("[\"aGVsbG8=\", \"aGVsbG8=\"]", "Image 0: The image is neither a PNG nor a JPEG, by its first bytes; send one of these.")]
    public void Predict_WrongInput_IsRefused(string input, string message)
    {
        using var model = Made.Load(Made.MeanColors(Made.Batch, Dimension.Any, Dimension.Any), "{\"image\": {}}");

        var failure = Assert.Throws<FlamaException>(() => Made.Answer(model, input));

        Assert.Equal(message, failure.Message);
        Assert.Equal(ErrorCodes.InvalidInput, failure.Code);
    }

    [Fact]
    public void Predict_PictureThatWouldBecomeTooLarge_IsRefused()
    {
        using var model = Made.Load(Made.MeanColors(Made.Batch, Dimension.Any, Dimension.Any), "{\"image\": {\"size\": 16000}}");

        var failure = Assert.Throws<FlamaException>(() => Made.Answer(model, $"\"{Pictures.Png(0, 0, 3)}\""));

        Assert.Equal("The image has 16000 × 16000 pixels; at most 33554432 pixels are decoded.", failure.Message);
    }

    [Fact]
    public void Model_WithProcessing_HasTheGraphToo()
    {
        using var model = Made.Load(Made.MeanColors(Made.Batch, Dimension.Any, Dimension.Any), "{\"image\": {}}");

        Assert.Equal(["predict", "infer"], model.Methods.Select(method => method.Name));
        Assert.Equal(InputContent.Image, ContentInputs.Of(model.Methods[0].Input));
        Assert.Equal("pixel_values: float32[batch, 3, ?, ?]", ((TensorsSpec)model.Methods[1].Input).Tensors[0].ToString());
    }

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
