namespace Flama;

/// <summary>What the elements of an input stand for, where they are not computed with as they are.</summary>
public enum InputContent
{
    /// <summary>The elements themselves.</summary>
    Elements,

    /// <summary>Text that the method prepares itself: one text, or a list of them.</summary>
    Text,

    /// <summary>Images that the method prepares itself, each a PNG or JPEG file in base64: one image, or a list of them.</summary>
    Image,
}
