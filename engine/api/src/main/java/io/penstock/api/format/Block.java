package io.penstock.api.format;

import java.util.Map;

/**
 * Bytes of one file (or another stretch of bytes with a beginning and an end), handed from a reader
 * to a decoder. The bytes from {@code from} to {@code to} are whole records. A split may hold
 * several files one after the other; each begins with a block of sequence 0.
 *
 * @param bytes the array; not to be written
 * @param from where the block begins in the array
 * @param to where it ends
 * @param split the id of the file, or of the split where it is one
 * @param sequence the block's number in its file, from 0
 * @param position the position of its first byte in the file (before compression)
 * @param lines its lines among those of the file
 * @param last whether the file ends with this block
 * @param meta constants of {@code meta.*} for all rows of the block
 */
public record Block(
    byte[] bytes,
    int from,
    int to,
    String split,
    long sequence,
    long position,
    BlockLines lines,
    boolean last,
    Map<String, String> meta) {}
