namespace Flama.Data.Tests.Shop;

public sealed class Moment
{
    public long Id { get; set; }

    public DateTime At { get; set; }

    public DateTimeOffset Seen { get; set; }

    public TimeOnly? Clock { get; set; }

    public double Value { get; set; }

    public long? Large { get; set; }

    public Guid? Token { get; set; }

    public string? Text { get; set; }

    public byte[]? Raw { get; set; }
}
