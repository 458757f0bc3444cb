using System.Text;
using System.Text.Json;
using CircuitSim.Export.Reports;

namespace CircuitSim.Cli;

/// <summary>Writes large documents bit by bit, so that they need no second memory and can be cancelled.</summary>
internal static class JsonOutput
{
    /// <summary>Writes a document and the end of its last line.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static void Write<T>(TextWriter output, T document, CancellationToken cancellationToken)
    {
        using (var stream = new TextStream(output, cancellationToken)) JsonSerializer.Serialize(stream, document, FidelityJson.Options);
        output.Write('\n');
    }

    /// <summary>Bytes of UTF-8 that become text.</summary>
    private sealed class TextStream(TextWriter output, CancellationToken cancellationToken) : Stream
    {
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            const int Part = 4096;
            Span<char> text = stackalloc char[Part];
            for (int from = 0; from < buffer.Length; from += Part)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // A byte gives one character at most, and what a part leaves over is less than a character.
                int count = _decoder.GetChars(buffer[from..Math.Min(buffer.Length, from + Part)], text, flush: false);
                output.Write(text[..count]);
            }
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
