namespace Flama.Processing.Images;

/// <summary>The failures of pictures that came with a request.</summary>
internal static class ImageFault
{
    private const string Type = "image";

    public static FlamaException Corrupt(string format, string what) => Problem($"The image is not a sound {format}: {what}.");

    public static FlamaException Truncated(string format) => Problem($"The image is a {format} that ends too early.");

    public static FlamaException Unsupported(string what) => Problem($"The image is {what}, which is not read; send a PNG, or a JPEG of 8 bits per channel.");

    public static FlamaException TooLarge(long width, long height, long most) => new(
        ErrorCodes.InputTooLarge, $"The image has {width} × {height} pixels; at most {most} pixels are decoded.", "Send a smaller picture.");

    public static FlamaException Problem(string message) => new([new InputProblem(Type, message)], 1);
}
