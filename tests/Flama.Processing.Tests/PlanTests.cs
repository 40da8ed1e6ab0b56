namespace Flama.Processing.Tests;

/// <summary>Wrong documents are refused at load, naming the key.</summary>
public sealed class PlanTests
{
    private const string Start = "The processing of 'made.onnx' cannot be used: ";

    [Theory]
    [InlineData("[]", "'processing' is [], expected an object.")]
    [InlineData("{\"images\": {}}", "'processing' has the key 'images', expected image, text, output.")]
    [InlineData("{\"image\": 3}", "'processing.image' is 3, expected an object.")]
    [InlineData("{\"image\": {\"resize\": 3}}", "'processing.image' has the key 'resize', expected input, exif_transpose, mode, size, resample, antialias, crop_size, crop_rounding, rescale_factor, image_mean, image_std, layout, dtype.")]
    [InlineData("{\"image\": {\"size\": -1}}", "'processing.image.size' is -1, expected a whole number from 1 to 16384.")]
    [InlineData("{\"image\": {\"size\": \"big\"}}", "'processing.image.size' is \"big\", expected a number for the shorter side, [height, width], or an object with height and width or with shortest_edge.")]
    [InlineData("{\"image\": {\"size\": {\"height\": 4}}}", "'processing.image.size' has no 'width', expected a number of pixels.")]
    [InlineData("{\"image\": {\"size\": {\"shortest_edge\": 4, \"x\": 1}}}", "'processing.image.size' has the key 'x', expected shortest_edge, longest_edge.")]
    [InlineData("{\"image\": {\"mode\": \"HSV\"}}", "'processing.image.mode' is \"HSV\", expected one of \"RGB\", \"BGR\", \"L\".")]
    [InlineData("{\"image\": {\"mode\": \"L\"}}", "'processing.image.mode' is \"L\", expected one of 3 channels, as 'pixel_values: float32[batch, 3, ?, 8]' has.")]
    [InlineData("{\"image\": {\"resample\": 9}}", "'processing.image.resample' is 9, expected a number of Pillow's filters, 0 to 5.")]
    [InlineData("{\"image\": {\"crop_size\": 9}}", "'processing.image.crop_size' is 9, expected what makes pictures of any rows and 8 columns, as 'pixel_values: float32[batch, 3, ?, 8]' takes.")]
    [InlineData("{\"image\": {}}", "'processing.image' has no 'size', expected what makes pictures of any rows and 8 columns, as 'pixel_values: float32[batch, 3, ?, 8]' takes.")]
    [InlineData("{\"image\": {\"crop_size\": 8, \"image_mean\": [0, 0]}}", "'processing.image.image_mean' has 2 numbers for 3 channels.")]
    [InlineData("{\"image\": {\"crop_size\": 8, \"image_std\": [1, 0, 1]}}", "'processing.image.image_std' is [1, 0, 1], expected numbers other than 0.")]
    [InlineData("{\"image\": {\"crop_size\": 8, \"dtype\": \"uint8\"}}", "'processing.image.dtype' is \"uint8\", expected that of the model's input, float32.")]
    [InlineData("{\"image\": {\"crop_size\": 8, \"input\": \"x\"}}", "'processing.image.input' is \"x\", expected the model's input: 'pixel_values'.")]
    [InlineData("{\"image\": {\"crop_size\": 8, \"layout\": \"NHWC\"}}", "'processing.image.layout' does not fit 'pixel_values: float32[batch, 3, ?, 8]', which has 8 channels there, expected 1 or 3.")]
    [InlineData("{\"output\": {\"top_k\": 0}}", "'processing.output.top_k' is 0, expected a whole number from 1 to 10000.")]
    [InlineData("{\"output\": {\"top_k\": 1, \"argmax\": true}}", "'processing.output.top_k' is there beside 'argmax', and one of them is answered.")]
    [InlineData("{\"output\": {\"name\": \"z\"}}", "'processing.output.name' is \"z\", expected one of the model's outputs: 'logits'.")]
    [InlineData("{\"output\": {\"labels\": \"none.txt\"}}", "'processing.output.labels' names 'none.txt', which is not with the model.")]
    [InlineData("{\"image\": {\"crop_size\": 8}, \"output\": {\"labels\": [\"a\"]}}", "'processing.output.labels' has 1 labels, and the model answers 3 classes.")]
    [InlineData("{\"output\": {\"labels\": [1, 2, 3]}}", "'processing.output.labels' has no labels: a list of texts, or an object of them by number from 0.")]
    [InlineData("{\"output\": {\"pooling\": \"mean\"}}", "'processing.output.pooling' is for texts and an output of [batch, tokens, elements].")]
    [InlineData("{\"output\": {\"activation\": \"relu\"}}", "'processing.output.activation' is \"relu\", expected one of \"softmax\", \"sigmoid\".")]
    public void Load_WrongKey_IsRefusedNamingIt(string processing, string what)
    {
        var failure = Assert.Throws<FlamaException>(() => Made.Load(Made.MeanColors(Made.Batch, Dimension.Any, 8), processing));

        Assert.Equal(Start + what, failure.Message);
        Assert.Equal(ErrorCodes.InvalidProcessing, failure.Code);
    }

    [Fact]
    public void Load_NotJson_IsRefusedWithThePlace()
    {
        var failure = Assert.Throws<FlamaException>(() => Made.Load(Made.MeanColors(Made.Batch, Dimension.Any, 8), "{\"image\": }"));

        Assert.Equal("'processing.json' of 'made.onnx' is not JSON (line 1, byte 11).", failure.Message);
    }
}
